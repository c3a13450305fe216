//! One worker and one client, for what can happen between two sockets.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Shutdown, SocketAddr};
use std::rc::Rc;

use ch06_tasks::{TcpListener, TcpStream, sleep, spawn_named};
use trace::{Setting, say};

use crate::echo::{hear, worker};
use crate::{milliseconds, runtime};

async fn call(to: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(to).await?;
    say!("is connected");
    say!("sends one");
    stream.write_all(b"one").await?;
    Ok(stream)
}

/// A worker, and a client that is told where it listens.
fn run<F>(setting: &Setting, client: impl FnOnce(SocketAddr) -> F)
where
    F: Future<Output = io::Result<()>> + 'static,
{
    runtime(setting).block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into());
        let listener = Rc::new(listener.expect("a free port"));
        let address = listener.get_ref().local_addr().expect("it is bound");
        let worker = spawn_named("worker", worker(listener, 1));
        let client = spawn_named("client", client(address));
        for (name, task) in [("worker", worker), ("client", client)] {
            match task.await.expect("no panic") {
                Ok(()) => say!("{name} ended well"),
                Err(_) => say!("{name} failed"),
            }
        }
    });
}

/// The client has finished sending and can still hear.
pub(crate) fn half_close(setting: &Setting) {
    run(setting, |address| async move {
        let stream = call(address).await?;
        stream.get_ref().shutdown(Shutdown::Write)?;
        hear(&stream).await?;
        hear(&stream).await
    });
}

/// The client goes away while an answer is on its way to it.
pub(crate) fn reset(setting: &Setting) {
    run(setting, |address| async move {
        let stream = call(address).await?;
        sleep(milliseconds(10)).await;
        drop(stream);
        Ok(())
    });
}

/// Nobody listens at the port.
pub(crate) fn connect_refused(setting: &Setting) {
    let refused = runtime(setting).block_on(async {
        let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = taken.local_addr().expect("it is bound");
        drop(taken);
        let client = spawn_named("client", async move { call(address).await.err() });
        client.await.expect("no panic").map(|error| error.kind())
    });
    say!("refused: {}", refused == Some(ErrorKind::ConnectionRefused));
}
