//! A descriptor that is closed behind a loop's back. Alone in its process: the number is
//! free then, and another test must not be given it.

use std::io::Write as _;
use std::os::fd::{AsRawFd as _, RawFd};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use ch04_sockets::{
    AsyncSleep, Coroutine, CoroutineState, Event, EventLoop, Resumed, Select, Stream,
    Task,
};
use trace::{Clock, Observer};

use CoroutineState::{Complete, Yielded};

/// At 10 ms closes one descriptor, and writes to another socket.
struct Closer(RawFd, UnixStream, bool);

impl Coroutine for Closer {
    type Yield = Event;
    type Return = Vec<u8>;

    fn resume(&mut self) -> Resumed<Self> {
        if !std::mem::replace(&mut self.2, true) {
            let until = Duration::from_millis(10);
            return Ok(Yielded(AsyncSleep { until }.into()));
        }
        nix::unistd::close(self.0)?;
        self.1.write_all(b"x")?;
        Ok(Complete(Vec::new()))
    }
}

#[test]
fn a_descriptor_closed_while_it_is_waited_for_is_reported_to_the_one_who_waits() {
    let pair = || {
        let (ours, theirs) = UnixStream::pair().expect("descriptors to spare");
        ours.set_nonblocking(true).expect("a socket can be set so");
        (ours, theirs)
    };
    let ((bad, _keep), (good, writer)) = (pair(), pair());
    let (number, bad) = (bad.as_raw_fd(), Stream::new("bad", bad));
    let clock = Clock::virtual_time();
    let poller = Box::new(Select::default());
    let mut event_loop = EventLoop::new(&clock, &Observer::none(), poller);
    event_loop.spawn(Task::new("reads-bad", bad.recv(1)));
    event_loop.spawn(Task::new("reads-good", Stream::new("good", good).recv(1)));
    event_loop.spawn(Task::new("closer", Closer(number, writer, false)));
    let mut results = event_loop.run();
    assert_eq!(results.remove(1).expect("it reads"), b"x");
    let error = results.remove(0).expect_err("it is closed").to_string();
    assert!(error.contains("Bad file descriptor"), "{error}");
    // The number is free: whoever drops `bad` must not close what has it by now.
    std::mem::forget(bad);
}
