//! What signals, clocks and panics do to a loop: nobody spins, hangs, or pays for another.

use std::cell::{Cell, RefCell};
use std::io::{self, ErrorKind, Write as _};
use std::os::fd::RawFd;
use std::os::unix::net::UnixStream;
use std::os::unix::thread::JoinHandleExt as _;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use ch04_sockets::{
    AsyncSleep, Coroutine, CoroutineState, Epoll, Error, Event, EventLoop, Interest,
    Poller, Resumed, Select, Source, Stream, Task, asleep,
};
use nix::sys::pthread::pthread_kill;
use nix::sys::signal::Signal::SIGUSR1;
use trace::{Clock, Observer};

use CoroutineState::{Complete, Yielded};

fn pollers() -> [Box<dyn Poller>; 2] {
    [Box::new(Select::default()), Box::new(Epoll::new().expect("descriptors to spare"))]
}

fn new_loop<R>(poller: Box<dyn Poller>) -> EventLoop<R> {
    EventLoop::new(&Clock::virtual_time(), &Observer::none(), poller)
}

/// A connected pair: ours for the loop, theirs for the test.
fn pair() -> (Stream, UnixStream) {
    let (ours, theirs) = UnixStream::pair().expect("descriptors to spare");
    ours.set_nonblocking(true).expect("a socket can be set so");
    (Stream::new("ours", ours), theirs)
}

/// A coroutine from what it does at each resumption.
struct FromFn<R>(Box<dyn FnMut() -> Result<CoroutineState<Event, R>, Error>>);

impl<R> Coroutine for FromFn<R> {
    type Yield = Event;
    type Return = R;

    fn resume(&mut self) -> Resumed<Self> {
        (self.0)()
    }
}

fn task<R: 'static>(
    name: &str,
    resume: impl FnMut() -> Result<CoroutineState<Event, R>, Error> + 'static,
) -> Task<R> {
    Task::new(name, FromFn(Box::new(resume)))
}

/// A signal comes so many times before each wait.
#[derive(Debug)]
struct Interrupted {
    times: u32,
    left: u32,
    poller: Box<dyn Poller>,
}

impl Poller for Interrupted {
    fn watch(&mut self, source: &Source, interest: Interest) -> io::Result<()> {
        self.poller.watch(source, interest)
    }

    fn wait(&mut self, timeout: Option<Duration>) -> io::Result<Vec<(RawFd, Interest)>> {
        if self.left > 0 {
            self.left -= 1;
            return Err(ErrorKind::Interrupted.into());
        }
        self.left = self.times;
        self.poller.wait(timeout)
    }
}

#[test]
fn a_wait_that_is_interrupted_is_made_again() {
    for poller in pollers() {
        let (ours, mut theirs) = pair();
        theirs.write_all(b"x").expect("a socket holds a byte");
        let clock = Clock::virtual_time();
        let poller = Box::new(Interrupted { times: 3, left: 3, poller });
        let mut event_loop = EventLoop::new(&clock, &Observer::none(), poller);
        event_loop.spawn(Task::new("reader", ours.recv(1)));
        let sleep = AsyncSleep { until: Duration::from_millis(10) };
        let mut slept = false;
        event_loop.spawn(task("sleeper", move || {
            match std::mem::replace(&mut slept, true) {
                false => Ok(Yielded(sleep.into())),
                true => Ok(Complete(Vec::new())),
            }
        }));
        assert_eq!(event_loop.run().remove(0).expect("it reads"), b"x");
        assert_eq!(clock.now(), Duration::from_millis(10));
    }
}

#[test]
fn a_signal_interrupts_the_wait_and_nothing_else() {
    let pending = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(SIGUSR1 as i32, pending.clone())
        .expect("a signal of ours");
    for which in 0..2 {
        let (ours, mut theirs) = UnixStream::pair().expect("descriptors to spare");
        ours.set_nonblocking(true).expect("a socket can be set so");
        let reader = thread::spawn(move || {
            let poller = pollers().into_iter().nth(which).expect("one of two");
            let mut event_loop = new_loop(poller);
            event_loop.spawn(Task::new("reader", Stream::new("ours", ours).recv(1)));
            event_loop.run().remove(0).expect("it reads")
        });
        for _ in 0..50 {
            pthread_kill(reader.as_pthread_t(), SIGUSR1).expect("it waits for the byte");
            thread::yield_now();
        }
        theirs.write_all(b"x").expect("a socket holds a byte");
        assert_eq!(reader.join().expect("the loop survives"), b"x");
        assert!(pending.swap(false, Ordering::SeqCst), "a signal arrived");
    }
}

#[test]
fn a_sleep_of_zero_gives_way_once() {
    for poller in pollers() {
        let log = Rc::new(RefCell::new(String::new()));
        let clock = Clock::virtual_time();
        let mut event_loop = EventLoop::new(&clock, &Observer::none(), poller);
        for name in ["a", "b", "c"] {
            let (log, clock, mut left) = (log.clone(), clock.clone(), 2);
            event_loop.spawn(task(name, move || {
                log.borrow_mut().push_str(name);
                left -= 1;
                match left {
                    0 => Ok(Complete(())),
                    _ => Ok(Yielded(AsyncSleep::after(&clock, Duration::ZERO).into())),
                }
            }));
        }
        assert!(event_loop.run().iter().all(Result::is_ok));
        assert_eq!((&**log.borrow(), clock.now()), ("abcabc", Duration::ZERO));
    }
}

#[test]
fn a_deadline_in_the_past_is_due_at_once() {
    for poller in pollers() {
        let clock = Clock::virtual_time();
        let mut event_loop = EventLoop::new(&clock, &Observer::none(), poller);
        let (works, mut worked) = (clock.clone(), false);
        event_loop.spawn(task("late", move || {
            match std::mem::replace(&mut worked, true) {
                false => {
                    works.work(Duration::from_millis(100));
                    Ok(Yielded(AsyncSleep { until: Duration::from_millis(1) }.into()))
                }
                true => Ok(Complete(())),
            }
        }));
        assert!(event_loop.run()[0].is_ok());
        assert_eq!(clock.now(), Duration::from_millis(100));
    }
}

#[test]
fn the_longest_sleep_there_is_ends_and_stops_no_reader() {
    for poller in pollers() {
        let clock = Clock::virtual_time();
        let (ours, mut theirs) = pair();
        theirs.write_all(b"x").expect("a socket holds a byte");
        let mut event_loop = EventLoop::new(&clock, &Observer::none(), poller);
        let when = Rc::new(Cell::new(Duration::MAX));
        let (reads, tells, mut recv) = (clock.clone(), when.clone(), ours.recv(1));
        event_loop.spawn(Task::new("forever", asleep(&clock, Duration::MAX)));
        event_loop.spawn(task("reader", move || match recv.resume()? {
            Yielded(event) => Ok(Yielded(event)),
            Complete(_) => {
                tells.set(reads.now());
                Ok(Complete(()))
            }
        }));
        assert!(event_loop.run().iter().all(Result::is_ok));
        assert_eq!(when.get(), Duration::ZERO);
    }
}

#[test]
fn a_panic_ends_its_own_task_and_no_other() {
    std::panic::set_hook(Box::new(|_| {}));
    for poller in pollers() {
        let (ours, mut theirs) = pair();
        let mut event_loop = new_loop(poller);
        event_loop.spawn(Task::new("good", ours.recv(1)));
        event_loop.spawn(task("bad", move || {
            theirs.write_all(b"x").expect("a socket holds a byte");
            panic!("boom")
        }));
        let mut results = event_loop.run();
        let error = results.remove(1).expect_err("it panicked");
        assert_eq!(error.to_string(), "panicked: boom");
        assert_eq!(results.remove(0).expect("it reads"), b"x");
    }
}
