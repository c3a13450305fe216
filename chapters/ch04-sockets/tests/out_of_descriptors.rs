//! No descriptor is left. Alone in its process: it takes them all away.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::Write as _;
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::time::Duration;

use ch04_sockets::{
    AsyncIo, AsyncSleep, Coroutine, CoroutineState, Epoll, Error, Event, EventLoop,
    Listener, Poller, Resumed, Select, Stream, Task,
};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use trace::{Clock, Observer};

use CoroutineState::{Complete, Yielded};

/// What a server does about EMFILE: nothing for 10 ms, and then the same again. The
/// connection waits in the listener's queue meanwhile.
struct BackingOff {
    accept: AsyncIo<Stream>,
    clock: Clock,
    attempts: Rc<Cell<u32>>,
}

impl Coroutine for BackingOff {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        self.attempts.set(self.attempts.get() + 1);
        match self.accept.resume() {
            Err(error) if is_emfile(&error) => {
                let pause = Duration::from_millis(10);
                Ok(Yielded(AsyncSleep::after(&self.clock, pause).into()))
            }
            Err(error) => Err(error),
            Ok(Yielded(event)) => Ok(Yielded(event)),
            Ok(Complete(_)) => Ok(Complete(())),
        }
    }
}

fn is_emfile(error: &Error) -> bool {
    let error = error.downcast_ref::<std::io::Error>();
    error.is_some_and(|error| error.raw_os_error() == Some(nix::libc::EMFILE))
}

/// At 25 ms gives descriptors back, and writes to somebody who waits.
struct Returning(Rc<RefCell<Vec<File>>>, UnixStream, bool);

impl Coroutine for Returning {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        if !std::mem::replace(&mut self.2, true) {
            let until = Duration::from_millis(25);
            return Ok(Yielded(AsyncSleep { until }.into()));
        }
        self.0.take();
        self.1.write_all(b"x")?;
        Ok(Complete(()))
    }
}

/// Receives a byte.
struct Other(AsyncIo<Vec<u8>>);

impl Coroutine for Other {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        Ok(match self.0.resume()? {
            Yielded(event) => Yielded(event),
            Complete(bytes) => {
                assert_eq!(bytes, b"x");
                Complete(())
            }
        })
    }
}

fn check(poller: Box<dyn Poller>) {
    let clock = Clock::virtual_time();
    let mut event_loop = EventLoop::new(&clock, &Observer::none(), poller);
    let listener = Listener::bind("listener", "127.0.0.1:0").expect("a free port");
    let address = listener.address().expect("bound");
    let _client = TcpStream::connect(address).expect("the queue has room");
    let (ours, theirs) = UnixStream::pair().expect("descriptors to spare");
    ours.set_nonblocking(true).expect("a socket can be set so");
    let other = Other(Stream::new("ours", ours).recv(1));
    let open = std::iter::from_fn(|| File::open("/dev/null").ok());
    let taken = Rc::new(RefCell::new(open.collect::<Vec<_>>()));
    let (accept, attempts) = (listener.accept("connection"), Rc::new(Cell::new(0)));
    let server = BackingOff { accept, clock: clock.clone(), attempts: attempts.clone() };
    event_loop.spawn(Task::new("server", server));
    event_loop.spawn(Task::new("other", other));
    event_loop.spawn(Task::new("returning", Returning(taken, theirs, false)));
    assert!(event_loop.run().iter().all(Result::is_ok));
    assert_eq!((attempts.get(), clock.now()), (4, Duration::from_millis(30)));
}

#[test]
fn when_descriptors_run_out_the_listener_serves_again_after_one_returns() {
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).expect("there is a limit");
    setrlimit(Resource::RLIMIT_NOFILE, 64, hard).expect("down is allowed");
    check(Box::new(Select::default()));
    check(Box::new(Epoll::new().expect("descriptors to spare")));
}
