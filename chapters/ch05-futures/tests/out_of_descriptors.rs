//! No descriptor is left. Alone in its process: it takes them all away.

use std::fs::File;
use std::io::{self, Write as _};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use ch05_futures::{Epoll, EventLoop, Handle, Listener, Poller, Select, Stream, Task};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use trace::{Clock, Observer};

/// What a server does about EMFILE: nothing for 10 ms, and then the same again. The
/// connection waits in the listener's queue meanwhile. Also counts the attempts.
async fn accept(handle: Handle, listener: Listener) -> io::Result<usize> {
    let mut attempts = 1;
    while let Err(error) = listener.accept("connection").await {
        if error.raw_os_error() != Some(nix::libc::EMFILE) {
            return Err(error);
        }
        attempts += 1;
        handle.sleep(Duration::from_millis(10)).await;
    }
    Ok(attempts)
}

fn check(poller: Box<dyn Poller>) {
    let clock = Clock::virtual_time();
    let mut event_loop = EventLoop::new(&clock, &Observer::none(), poller);
    let handle = event_loop.handle();
    let listener =
        Listener::bind(&handle, "listener", "127.0.0.1:0").expect("a free port");
    let address = listener.address().expect("bound");
    let _client = TcpStream::connect(address).expect("the queue has room");
    let (ours, mut theirs) = UnixStream::pair().expect("descriptors to spare");
    ours.set_nonblocking(true).expect("a socket can be set so");
    let ours = Stream::new(&handle, "ours", ours);
    let taken: Vec<_> = std::iter::from_fn(|| File::open("/dev/null").ok()).collect();
    let server = accept(handle.clone(), listener);
    event_loop.spawn(Task::new("server", async move { Ok(server.await?) }));
    event_loop.spawn(Task::new("other", async move { Ok(ours.recv(1).await?.len()) }));
    event_loop.spawn(Task::new("returning", async move {
        handle.sleep(Duration::from_millis(25)).await;
        drop(taken);
        theirs.write_all(b"x")?;
        Ok(0)
    }));
    let results: Vec<_> = event_loop.run().into_iter().map(Result::unwrap).collect();
    assert_eq!((results, clock.now()), (vec![4, 1, 0], Duration::from_millis(30)));
}

#[test]
fn when_descriptors_run_out_the_listener_serves_again_after_one_returns() {
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).expect("there is a limit");
    setrlimit(Resource::RLIMIT_NOFILE, 64, hard).expect("down is allowed");
    check(Box::new(Select::default()));
    check(Box::new(Epoll::new().expect("descriptors to spare")));
}
