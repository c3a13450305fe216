//! What the other side of a connection does: bytes come in parts, room comes in parts, and
//! it may go away in the middle.

use std::cell::RefCell;
use std::io::{ErrorKind, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::time::Duration;

use ch04_sockets::{
    AsyncIo, AsyncSleep, Coroutine, CoroutineState, Epoll, Error, Event, EventLoop,
    Poller, Resumed, Select, Stream, Task,
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

fn kind(error: Error) -> Option<ErrorKind> {
    error.downcast::<std::io::Error>().ok().map(|error| error.kind())
}

/// Receives until so many bytes have come, or the end has.
struct Collect(Stream, usize, Vec<u8>);

impl Coroutine for Collect {
    type Yield = Event;
    type Return = Vec<u8>;

    fn resume(&mut self) -> Resumed<Self> {
        while self.2.len() < self.1 {
            match self.0.recv(self.1 - self.2.len()).resume()? {
                Yielded(event) => return Ok(Yielded(event)),
                Complete(bytes) if bytes.is_empty() => break,
                Complete(bytes) => self.2.extend(bytes),
            }
        }
        Ok(Complete(std::mem::take(&mut self.2)))
    }
}

#[test]
fn a_short_read_is_gone_on_with() {
    for poller in pollers() {
        let (ours, theirs) = pair();
        let theirs = Rc::new(RefCell::new(theirs));
        let mut event_loop = new_loop(poller);
        event_loop.spawn(Task::new("reader", Collect(ours, 6, Vec::new())));
        for (ms, part) in [(1, b"on"), (2, b"et"), (3, b"wo")] {
            let theirs = theirs.clone();
            let write = move || theirs.borrow_mut().write_all(part).expect("room");
            event_loop.spawn(Task::new("writer", later(ms, Vec::new(), write)));
        }
        assert_eq!(event_loop.run().remove(0).expect("it reads"), b"onetwo");
    }
}

#[test]
fn a_short_write_is_gone_on_with_and_no_byte_is_lost() {
    for poller in pollers() {
        let (ours, theirs) = pair();
        let all: Vec<u8> = (0..1_u32 << 20).map(|n| (n % 251) as u8).collect();
        let mut event_loop = new_loop(poller);
        let reader = Collect(Stream::new("theirs", theirs), all.len(), Vec::new());
        event_loop.spawn(Task::new("reader", reader));
        event_loop.spawn(Task::new("writer", Nothing(ours.send_all(all.clone()))));
        assert!(event_loop.run().remove(0).expect("it reads") == all, "not the same");
    }
}

/// Ends with no bytes.
struct Nothing(AsyncIo<()>);

impl Coroutine for Nothing {
    type Yield = Event;
    type Return = Vec<u8>;

    fn resume(&mut self) -> Resumed<Self> {
        Ok(match self.0.resume()? {
            Yielded(event) => Yielded(event),
            Complete(()) => Complete(Vec::new()),
        })
    }
}

#[test]
fn a_peer_that_goes_away_while_it_is_awaited_is_the_end_and_others_go_on() {
    for poller in pollers() {
        let ((ours, theirs), (good, mut writer)) = (pair(), pair());
        let mut event_loop = new_loop(poller);
        event_loop.spawn(Task::new("left", ours.recv(1)));
        event_loop.spawn(Task::new("good", good.recv(1)));
        let mut theirs = Some(theirs);
        event_loop
            .spawn(Task::new("leaves", later(1, vec![], move || drop(theirs.take()))));
        let write = move || writer.write_all(b"x").expect("room");
        event_loop.spawn(Task::new("writes", later(2, Vec::new(), write)));
        let results: Vec<_> = event_loop.run().into_iter().map(Result::unwrap).collect();
        assert_eq!(results[..2], [b"".to_vec(), b"x".to_vec()]);
    }
}

#[test]
fn a_reset_fails_the_one_who_receives_and_no_other() {
    for poller in pollers() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("bound");
        let client = TcpStream::connect(address).expect("the queue has room");
        let (mut server, _) = listener.accept().expect("it is waiting");
        // The client closes with a byte unread: what was sent to it is lost.
        server.write_all(b"x").expect("room");
        server.set_nonblocking(true).expect("a socket can be set so");
        let mut event_loop = new_loop(poller);
        event_loop.spawn(Task::new("reader", Stream::new("server", server).recv(1)));
        let mut client = Some(client);
        event_loop
            .spawn(Task::new("resets", later(1, vec![], move || drop(client.take()))));
        let mut results = event_loop.run();
        let kind = kind(results.remove(0).expect_err("the client is gone"));
        assert_eq!(kind, Some(ErrorKind::ConnectionReset));
        assert!(results[0].is_ok());
    }
}

#[test]
fn a_socket_that_everyone_has_dropped_stays_open_while_somebody_waits_for_it() {
    for poller in pollers() {
        let (ours, mut theirs) = pair();
        let mut event_loop = new_loop(poller);
        event_loop.spawn(Task::new("reader", ours.recv(1)));
        drop(ours);
        let write = move || theirs.write_all(b"x").expect("it is open");
        event_loop.spawn(Task::new("writes", later(1, Vec::new(), write)));
        assert_eq!(event_loop.run().remove(0).expect("it reads"), b"x");
    }
}
