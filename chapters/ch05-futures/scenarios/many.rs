//! Five thousand connections, all open at once. Nobody draws that: the loop is not
//! watched, and the program says how it went.

use std::net::SocketAddr;
use std::time::Duration;

use ch05_futures::{Epoll, Error, EventLoop, Handle, Listener, Task, connect};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use trace::{Observer, Setting, say};

type Outcome = Result<(), Error>;

const CONNECTIONS: u64 = 5_000;

/// A listener's queue is short: so many connect in each millisecond.
const AT_ONCE: u64 = 50;

/// Connects at its time, sends a byte, receives it again, and stays for a second.
async fn guest(handle: Handle, comes: Duration, to: SocketAddr) -> Outcome {
    handle.sleep_until(comes).await;
    let stream = connect(&handle, "guest", to).await?;
    stream.send_all(&[7]).await?;
    let bytes = stream.recv(1).await?;
    if bytes != [7] {
        return Err(format!("received {bytes:?}").into());
    }
    handle.sleep_until(Duration::from_secs(1)).await;
    Ok(stream.finish()?)
}

/// Accepts one connection and sends back what comes, until the guest has finished.
async fn host(listener: Listener) -> Outcome {
    let stream = listener.accept("host").await?;
    loop {
        let bytes = stream.recv(64).await?;
        if bytes.is_empty() {
            return Ok(());
        }
        stream.send_all(&bytes).await?;
    }
}

pub(crate) fn run(setting: &Setting) {
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).expect("there is a limit");
    let wanted = 2 * CONNECTIONS + 100;
    if hard < wanted {
        return say!("this machine allows {hard} descriptors, and this needs {wanted}");
    }
    setrlimit(Resource::RLIMIT_NOFILE, wanted, hard).expect("up to the hard limit");
    let poller = Box::new(Epoll::new().expect("descriptors to spare"));
    let mut event_loop = EventLoop::new(&setting.clock, &Observer::none(), poller);
    let handle = event_loop.handle();
    let listener =
        Listener::bind(&handle, "listener", "127.0.0.1:0").expect("a free port");
    let address = listener.address().expect("it is bound");
    for n in 0..CONNECTIONS {
        event_loop.spawn(Task::new("host", host(listener.clone())));
        let comes = Duration::from_millis(n / AT_ONCE);
        event_loop.spawn(Task::new("guest", guest(handle.clone(), comes, address)));
    }
    let results = event_loop.run();
    let well = results.iter().filter(|result| result.is_ok()).count();
    say!("{well} of {} tasks ended well", results.len());
}
