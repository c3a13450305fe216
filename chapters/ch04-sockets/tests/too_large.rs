//! Descriptors from 1024 on. Alone in its process: it takes the small ones away.

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::os::fd::AsRawFd as _;
use std::os::unix::net::UnixStream;
use std::rc::Rc;

use ch04_sockets::{AsyncIo, EventLoop, Interest, Select, Source, Stream, Task};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nix::sys::select::FD_SETSIZE;
use trace::{Clock, Observer};

/// Opens `/dev/null` until a descriptor has a number that `select` can't watch.
fn too_large() -> Vec<File> {
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).expect("there is a limit");
    setrlimit(Resource::RLIMIT_NOFILE, hard.min(4_096), hard)
        .expect("up to the hard limit");
    let open = |_| File::open("/dev/null").expect("the limit allows it");
    (0..=FD_SETSIZE).map(open).collect()
}

#[test]
fn a_descriptor_that_the_poller_refuses_fails_the_one_who_asked() {
    let (good, mut theirs) = UnixStream::pair().expect("descriptors to spare");
    good.set_nonblocking(true).expect("a socket can be set so");
    let large = too_large().pop().expect("the last has the largest number");
    let number = large.as_raw_fd();
    let source = Source::new("file", Rc::new(large));
    let not_yet =
        AsyncIo::new(&source, Interest::READABLE, || Err(ErrorKind::WouldBlock.into()));
    let poller = Box::new(Select::default());
    let mut event_loop: EventLoop<Vec<u8>> =
        EventLoop::new(&Clock::virtual_time(), &Observer::none(), poller);
    event_loop.spawn(Task::new("large", not_yet));
    event_loop.spawn(Task::new("good", Stream::new("good", good).recv(1)));
    theirs.write_all(b"x").expect("a socket holds a byte");
    let mut results = event_loop.run();
    assert_eq!(results.remove(1).expect("it reads"), b"x");
    let refused =
        format!("file: descriptor {number} is too large for select, whose limit is 1024");
    assert_eq!(results.remove(0).expect_err("refused").to_string(), refused);
}
