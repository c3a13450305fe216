//! Five thousand connections, all open at once. Nobody draws that: the loop is not
//! watched, and the program says how it went.

use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr};

use ch06_tasks::{Builder, TcpListener, TcpStream, sleep_until, spawn};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use trace::{Setting, say};

use crate::echo::echo;
use crate::{milliseconds, seconds};

const CONNECTIONS: u64 = 5_000;

/// A listener's queue is short: so many connect in each millisecond.
const AT_ONCE: u64 = 50;

/// Connects at its time, sends a byte, receives it again, and stays until 1 s.
async fn guest(address: SocketAddr, at_ms: u64) -> io::Result<()> {
    sleep_until(milliseconds(at_ms)).await;
    let stream = TcpStream::connect(address).await?;
    stream.write_all(&[7]).await?;
    let mut byte = [0];
    stream.read(&mut byte).await?;
    if byte != [7] {
        return Err(io::Error::other(format!("received {byte:?}")));
    }
    sleep_until(seconds(1)).await;
    stream.get_ref().shutdown(Shutdown::Write)
}

/// The guests, and a task for each that is accepted: how many ended well.
async fn main_task() -> io::Result<usize> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into())?;
    let address = listener.get_ref().local_addr()?;
    let guest = |n| spawn(guest(address, n / AT_ONCE));
    let mut tasks: Vec<_> = (0..CONNECTIONS).map(guest).collect();
    for _ in 0..CONNECTIONS {
        let (stream, _) = listener.accept().await?;
        tasks.push(spawn(async move { echo(&stream).await }));
    }
    let mut well = 0;
    for task in tasks {
        well += usize::from(matches!(task.await, Ok(Ok(()))));
    }
    Ok(well)
}

pub(crate) fn run(setting: &Setting) {
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).expect("there is a limit");
    let wanted = 2 * CONNECTIONS + 100;
    if hard < wanted {
        return say!("this machine allows {hard} descriptors, and this needs {wanted}");
    }
    setrlimit(Resource::RLIMIT_NOFILE, wanted, hard).expect("up to the hard limit");
    let runtime = Builder::new().clock(&setting.clock).build().expect("descriptors");
    let well = runtime.block_on(main_task()).expect("the loopback works");
    say!("{well} of {} tasks ended well", 2 * CONNECTIONS);
}
