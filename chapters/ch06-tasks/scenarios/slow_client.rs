//! Back-pressure: a server has eight megabytes for a client that isn't listening yet.
//! What doesn't fit into the buffers waits with the one who sends it.
//!
//! How much fits is the system's business, so the number of attempts differs between
//! machines. What is printed doesn't.

use std::io::{self, ErrorKind, Write as _};
use std::net::{Ipv4Addr, SocketAddr};

use ch06_tasks::{Interest, TcpListener, TcpStream, sleep, spawn_named};
use trace::{Setting, say};

use crate::{milliseconds, runtime};

const ALL: usize = 8 << 20;

/// Accepts one connection and sends [`ALL`] bytes, attempt by attempt.
async fn flood(listener: TcpListener) -> io::Result<()> {
    let (stream, _) = listener.accept().await?;
    let bytes = vec![b'x'; ALL];
    let (mut sent, mut has_waited) = (0, false);
    while sent < ALL {
        let attempt = |mut stream: &mio::net::TcpStream| {
            let result = stream.write(&bytes[sent..]);
            if would_block(&result) && !std::mem::replace(&mut has_waited, true) {
                say!("has to wait for room");
            }
            result
        };
        sent += stream.async_io(Interest::WRITABLE, attempt).await?;
    }
    say!("has sent all {sent} bytes");
    Ok(())
}

fn would_block<T>(result: &io::Result<T>) -> bool {
    result.as_ref().is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
}

async fn client(address: SocketAddr) -> io::Result<()> {
    let stream = TcpStream::connect(address).await?;
    say!("is connected");
    sleep(milliseconds(10)).await;
    hear_all(&stream).await
}

/// Hears to the end, and says how much that was.
pub(crate) async fn hear_all(stream: &TcpStream) -> io::Result<()> {
    let (mut buffer, mut heard) = (vec![0; 65_536], 0);
    loop {
        match stream.read(&mut buffer).await? {
            0 => break,
            n => heard += n,
        }
    }
    say!("heard {heard} bytes, and the end");
    Ok(())
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into());
        let listener = listener.expect("a free port");
        let address = listener.get_ref().local_addr().expect("it is bound");
        let server = spawn_named("server", flood(listener));
        let client = spawn_named("client", client(address));
        let _ = (server.await, client.await);
    });
}
