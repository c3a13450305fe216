//! A descriptor that is closed behind a loop's back. Alone in its process: the number is
//! free then, and another test must not be given it.

use std::io::Write as _;
use std::os::fd::AsRawFd as _;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use ch05_futures::{Error, EventLoop, Select, Stream, Task};
use trace::{Clock, Observer};

async fn byte(stream: Stream) -> Result<Vec<u8>, Error> {
    Ok(stream.recv(1).await?)
}

#[test]
fn a_descriptor_closed_while_it_is_waited_for_is_reported_to_the_one_who_waits() {
    let pair = || {
        let (ours, theirs) = UnixStream::pair().expect("descriptors to spare");
        ours.set_nonblocking(true).expect("a socket can be set so");
        (ours, theirs)
    };
    let poller = Box::new(Select::default());
    let mut event_loop =
        EventLoop::new(&Clock::virtual_time(), &Observer::none(), poller);
    let handle = event_loop.handle();
    let ((bad, _keep), (good, mut writer)) = (pair(), pair());
    let (number, bad) = (bad.as_raw_fd(), Stream::new(&handle, "bad", bad));
    let good = Stream::new(&handle, "good", good);
    event_loop.spawn(Task::new("reads-bad", byte(bad.clone())));
    event_loop.spawn(Task::new("reads-good", byte(good)));
    event_loop.spawn(Task::new("closer", async move {
        handle.sleep(Duration::from_millis(10)).await;
        nix::unistd::close(number)?;
        writer.write_all(b"x")?;
        Ok(Vec::new())
    }));
    let mut results = event_loop.run();
    assert_eq!(results.remove(1).expect("it reads"), b"x");
    let error = results.remove(0).expect_err("it is closed").to_string();
    assert!(error.contains("Bad file descriptor"), "{error}");
    // The number is free: whoever drops `bad` must not close what has it by now.
    std::mem::forget(bad);
}
