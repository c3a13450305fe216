//! What signals, clocks and panics do to a loop: nobody spins, hangs, or pays for another.

use std::cell::RefCell;
use std::io::{self, ErrorKind, Write as _};
use std::os::fd::RawFd;
use std::os::unix::net::UnixStream;
use std::os::unix::thread::JoinHandleExt as _;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use ch05_futures::{
    Epoll, Error, EventLoop, Handle, Interest, Poller, Select, Source, Stream, Task,
};
use nix::sys::pthread::pthread_kill;
use nix::sys::signal::Signal::SIGUSR1;
use trace::{Clock, Observer};

fn pollers() -> [Box<dyn Poller>; 2] {
    [Box::new(Select::default()), Box::new(Epoll::new().expect("descriptors to spare"))]
}

fn new_loop<R>(poller: Box<dyn Poller>) -> EventLoop<R> {
    EventLoop::new(&Clock::virtual_time(), &Observer::none(), poller)
}

/// A connected pair: ours for the loop, theirs for the test.
fn pair(handle: &Handle) -> (Stream, UnixStream) {
    let (ours, theirs) = UnixStream::pair().expect("descriptors to spare");
    ours.set_nonblocking(true).expect("a socket can be set so");
    theirs.set_nonblocking(true).expect("a socket can be set so");
    (Stream::new(handle, "ours", ours), theirs)
}

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

async fn byte(stream: Stream) -> Result<Vec<u8>, Error> {
    Ok(stream.recv(1).await?)
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
        let poller = Box::new(Interrupted { times: 3, left: 3, poller });
        let mut event_loop = new_loop(poller);
        let handle = event_loop.handle();
        let (ours, mut theirs) = pair(&handle);
        let clock = handle.clock().clone();
        event_loop.spawn(Task::new("reader", byte(ours)));
        event_loop.spawn(Task::new("writer", async move {
            handle.sleep(ms(10)).await;
            theirs.write_all(b"x")?;
            Ok(Vec::new())
        }));
        assert_eq!(event_loop.run().remove(0).expect("it reads"), b"x");
        assert_eq!(clock.now(), ms(10));
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
            let stream = Stream::new(&event_loop.handle(), "ours", ours);
            event_loop.spawn(Task::new("reader", byte(stream)));
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
        let mut event_loop = new_loop(poller);
        let clock = event_loop.handle().clock().clone();
        for name in ["a", "b", "c"] {
            let (log, handle) = (log.clone(), event_loop.handle());
            event_loop.spawn(Task::new(name, async move {
                log.borrow_mut().push_str(name);
                handle.sleep(Duration::ZERO).await;
                log.borrow_mut().push_str(name);
                Ok(())
            }));
        }
        assert!(event_loop.run().iter().all(Result::is_ok));
        assert_eq!((&**log.borrow(), clock.now()), ("abcabc", Duration::ZERO));
    }
}

#[test]
fn a_deadline_in_the_past_is_due_at_once() {
    for poller in pollers() {
        let mut event_loop = new_loop(poller);
        let handle = event_loop.handle();
        let clock = handle.clock().clone();
        event_loop.spawn(Task::new("late", async move {
            handle.clock().work(ms(100));
            handle.sleep_until(ms(1)).await;
            Ok(())
        }));
        assert!(event_loop.run()[0].is_ok());
        assert_eq!(clock.now(), ms(100));
    }
}

#[test]
fn the_longest_sleep_there_is_stops_no_reader() {
    for poller in pollers() {
        let mut event_loop = new_loop(poller);
        let handle = event_loop.handle();
        let (ours, mut theirs) = pair(&handle);
        theirs.write_all(b"x").expect("a socket holds a byte");
        let sleeps = handle.clone();
        event_loop.spawn(Task::new("forever", async move {
            sleeps.sleep(Duration::MAX).await;
            Ok(sleeps.clock().now())
        }));
        event_loop.spawn(Task::new("reader", async move {
            ours.recv(1).await?;
            Ok(handle.clock().now())
        }));
        let results: Vec<_> = event_loop.run().into_iter().map(Result::unwrap).collect();
        assert_eq!(results, [Duration::MAX, Duration::ZERO]);
    }
}

#[test]
fn a_panic_in_one_task_loses_no_byte_of_another() {
    std::panic::set_hook(Box::new(|_| {}));
    for poller in pollers() {
        let mut event_loop = new_loop(poller);
        let (ours, mut theirs) = pair(&event_loop.handle());
        event_loop.spawn(Task::new("good", byte(ours)));
        event_loop.spawn(Task::new("bad", async move {
            theirs.write_all(b"x")?;
            panic!("boom")
        }));
        let mut results = event_loop.run();
        let error = results.remove(1).expect_err("it panicked");
        assert_eq!(error.to_string(), "panicked: boom");
        assert_eq!(results.remove(0).expect("it reads"), b"x");
    }
}
