//! What the world does to sockets: nothing of it hangs the loop, loses a byte, or reaches
//! a task that has nothing to do with it.

use std::cell::RefCell;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::time::Duration;

use ch04_sockets::{
    AsyncIo, AsyncSleep, Coroutine, CoroutineState, Epoll, Error, Event, EventLoop,
    Listener, Poller, Resumed, Select, Stream, Task, connect,
};
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
    theirs.set_nonblocking(true).expect("a socket can be set so");
    (Stream::new("ours", ours), theirs)
}

/// Does something once, at its time, and then ends with this.
struct Later<R> {
    ms: u64,
    act: Box<dyn FnMut()>,
    result: Option<R>,
    slept: bool,
}

impl<R> Coroutine for Later<R> {
    type Yield = Event;
    type Return = R;

    fn resume(&mut self) -> Resumed<Self> {
        if !std::mem::replace(&mut self.slept, true) {
            let until = Duration::from_millis(self.ms);
            return Ok(Yielded(AsyncSleep { until }.into()));
        }
        (self.act)();
        Ok(Complete(self.result.take().expect("it ends once")))
    }
}

fn later<R>(ms: u64, result: R, act: impl FnMut() + 'static) -> Later<R> {
    Later { ms, act: Box::new(act), result: Some(result), slept: false }
}

#[test]
fn a_readiness_that_comes_to_nothing_is_waited_for_again() {
    for poller in pollers() {
        let (ours, theirs) = UnixStream::pair().expect("descriptors to spare");
        ours.set_nonblocking(true).expect("a socket can be set so");
        let mut event_loop = new_loop(poller);
        // Two descriptors of one socket: one byte wakes both, and the thief takes it.
        let thief = ours.try_clone().expect("descriptors to spare");
        let (ours, thief) = (Stream::new("ours", ours), Stream::new("thief", thief));
        let theirs = Rc::new(RefCell::new(theirs));
        event_loop.spawn(Task::new("thief", thief.recv(1)));
        event_loop.spawn(Task::new("robbed", ours.recv(1)));
        for (ms, byte) in [(1, b"a"), (2, b"b")] {
            let theirs = theirs.clone();
            let write = move || theirs.borrow_mut().write_all(byte).expect("room");
            event_loop.spawn(Task::new("writer", later(ms, Vec::new(), write)));
        }
        let results: Vec<_> = event_loop.run().into_iter().map(Result::unwrap).collect();
        assert_eq!(results[..2], [b"a".to_vec(), b"b".to_vec()]);
    }
}

#[test]
fn one_socket_is_read_and_written_at_once() {
    for poller in pollers() {
        let (ours, theirs) = pair();
        let mut event_loop: EventLoop<usize> = new_loop(poller);
        let fill = vec![b'x'; 4 << 20];
        let sent = fill.len();
        event_loop.spawn(Task::new("writer", Counted(ours.send_all(fill), sent)));
        event_loop.spawn(Task::new("reader", Length(ours.recv(10))));
        // The other side hears everything, and says something in the middle of it.
        let peer = Drain { theirs, heard: 0, expected: sent, said: false };
        event_loop.spawn(Task::new("peer", peer));
        let results: Vec<_> = event_loop.run().into_iter().map(Result::unwrap).collect();
        assert_eq!(results, [sent, 5, sent]);
    }
}

/// Ends with a number of its own.
struct Counted<C>(C, usize);

impl<C: Coroutine<Yield = Event>> Coroutine for Counted<C> {
    type Yield = Event;
    type Return = usize;

    fn resume(&mut self) -> Resumed<Self> {
        Ok(match self.0.resume()? {
            Yielded(event) => Yielded(event),
            Complete(_) => Complete(self.1),
        })
    }
}

/// Ends with how much came.
struct Length(AsyncIo<Vec<u8>>);

impl Coroutine for Length {
    type Yield = Event;
    type Return = usize;

    fn resume(&mut self) -> Resumed<Self> {
        Ok(match self.0.resume()? {
            Yielded(event) => Yielded(event),
            Complete(bytes) => Complete(bytes.len()),
        })
    }
}

/// Reads all there is every millisecond.
struct Drain {
    theirs: UnixStream,
    heard: usize,
    expected: usize,
    said: bool,
}

impl Coroutine for Drain {
    type Yield = Event;
    type Return = usize;

    fn resume(&mut self) -> Resumed<Self> {
        let mut buffer = [0; 4_096];
        loop {
            match self.theirs.read(&mut buffer) {
                Ok(count) => self.heard += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => return Err(error.into()),
            }
        }
        if self.heard > 0 && !std::mem::replace(&mut self.said, true) {
            self.theirs.write_all(b"hello")?;
        }
        if self.heard == self.expected {
            return Ok(Complete(self.heard));
        }
        Ok(Yielded(AsyncSleep { until: Duration::ZERO }.into()))
    }
}

#[test]
fn a_refused_connection_fails_the_one_who_connects() {
    for poller in pollers() {
        let taken = Listener::bind("taken", "127.0.0.1:0").expect("a free port");
        let address = taken.address().expect("bound");
        drop(taken);
        let mut event_loop: EventLoop<Stream> = new_loop(poller);
        event_loop
            .spawn(Task::new("client", connect("socket", address).expect("a socket")));
        let kind = kind(event_loop.run().remove(0).expect_err("nobody listens"));
        assert_eq!(kind, Some(ErrorKind::ConnectionRefused));
    }
}

fn kind(error: Error) -> Option<ErrorKind> {
    error.downcast::<std::io::Error>().ok().map(|error| error.kind())
}

#[test]
fn a_connection_that_is_made_is_not_taken_for_a_refused_one() {
    for poller in pollers() {
        let listener = Listener::bind("listener", "127.0.0.1:0").expect("a free port");
        let address = listener.address().expect("bound");
        let mut event_loop: EventLoop<Stream> = new_loop(poller);
        event_loop.spawn(Task::new("server", listener.accept("accepted")));
        event_loop
            .spawn(Task::new("client", connect("socket", address).expect("a socket")));
        assert!(event_loop.run().iter().all(Result::is_ok));
    }
}

#[test]
fn sending_into_a_connection_that_is_gone_is_an_error_and_no_signal() {
    for poller in pollers() {
        let (ours, theirs) = pair();
        drop(theirs);
        let mut event_loop = new_loop(poller);
        event_loop.spawn(Task::new("writer", ours.send_all(vec![0; 10])));
        let kind = kind(event_loop.run().remove(0).expect_err("nobody is there"));
        assert_eq!(kind, Some(ErrorKind::BrokenPipe));
    }
}

#[test]
fn a_task_dropped_with_its_loop_closes_its_socket() {
    let (ours, mut theirs) = pair();
    let mut event_loop = new_loop(Box::new(Epoll::new().expect("descriptors to spare")));
    event_loop.spawn(Task::new("reader", ours.recv(1)));
    drop((event_loop, ours));
    assert_eq!(theirs.read(&mut [0]).expect("the end, not WouldBlock"), 0);
}

#[test]
fn a_half_closed_connection_can_still_be_heard() {
    let listener = Listener::bind("listener", "127.0.0.1:0").expect("a free port");
    let address = listener.address().expect("bound");
    let mut peer = TcpStream::connect(address).expect("the queue has room");
    let mut event_loop: EventLoop<Stream> = new_loop(Box::new(Select::default()));
    event_loop.spawn(Task::new("server", listener.accept("accepted")));
    let stream = event_loop.run().remove(0).expect("it was waiting");
    stream.finish().expect("it is connected");
    assert_eq!(peer.read(&mut [0]).expect("the end"), 0);
    peer.write_all(b"still here").expect("the other direction is open");
    let mut event_loop = new_loop(Box::new(Select::default()));
    event_loop.spawn(Task::new("reader", stream.recv(10)));
    assert_eq!(event_loop.run().remove(0).expect("received"), b"still here");
}
