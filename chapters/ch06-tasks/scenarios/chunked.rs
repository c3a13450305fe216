//! An HTTP answer in chunks, kept open until every worker has answered, whenever that
//! is. Workers put their results into a mailbox. The server writes each to the client,
//! and then, not before, acknowledges it to the worker whose it was: the acknowledgement
//! covers the last hop, and has an address.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr};
use std::os::unix::net::UnixDatagram;
use std::rc::Rc;

use ch06_tasks::{Interest, Source, TcpListener, TcpStream, sleep, spawn_named};
use trace::{Setting, say};

use crate::slow_client::hear_all;
use crate::{milliseconds, runtime};

const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

/// One end of a pair of mailboxes: a message sent to one end arrives whole at the other.
struct Mailbox(Source<UnixDatagram>);

impl Mailbox {
    fn pair(name: &str) -> io::Result<(Self, Self)> {
        let (a, b) = UnixDatagram::pair()?;
        a.set_nonblocking(true)?;
        b.set_nonblocking(true)?;
        Ok((Mailbox(Source::new(name, a)), Mailbox(Source::new(name, b))))
    }

    async fn get(&self) -> io::Result<String> {
        let mut buffer = [0; 64];
        let get = |socket: &UnixDatagram| socket.recv(&mut buffer);
        let count = self.0.async_io(Interest::READABLE, get).await?;
        Ok(String::from_utf8_lossy(&buffer[..count]).into_owned())
    }

    async fn put(&self, message: &str) -> io::Result<()> {
        let put = |socket: &UnixDatagram| socket.send(message.as_bytes());
        self.0.async_io(Interest::WRITABLE, put).await.map(drop)
    }
}

/// Works for a while, puts its result into the mailbox of all, and waits for the
/// acknowledgement in one of its own.
async fn worker(
    name: &str,
    takes: u64,
    results: Rc<Mailbox>,
    acks: Mailbox,
) -> io::Result<()> {
    sleep(milliseconds(takes)).await;
    say!("has its result");
    results.put(&format!("{name} after {takes} ms")).await?;
    acks.get().await?;
    say!("is acknowledged");
    Ok(())
}

/// Accepts one request, and answers it chunk by chunk: one for each of `acks`, which say
/// where to acknowledge, by the name of the worker.
async fn server(
    listener: TcpListener,
    results: Mailbox,
    acks: BTreeMap<&str, Mailbox>,
) -> io::Result<()> {
    let (stream, _) = listener.accept().await?;
    stream.read(&mut [0; 1_024]).await?;
    stream.write_all(HEAD).await?;
    for _ in 0..acks.len() {
        let message = results.get().await?;
        let (name, result) = message.split_once(' ').expect("a name, then the result");
        say!("writes the chunk: {result}");
        let chunk = format!("{:x}\r\n{result}\r\n", result.len());
        stream.write_all(chunk.as_bytes()).await?;
        acks[name].put("ack").await?;
    }
    stream.write_all(b"0\r\n\r\n").await
}

async fn client(address: SocketAddr) -> io::Result<()> {
    let stream = TcpStream::connect(address).await?;
    say!("is connected");
    say!("sends GET / HTTP/1.1");
    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").await?;
    stream.get_ref().shutdown(Shutdown::Write)?;
    hear_all(&stream).await
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into());
        let listener = listener.expect("a free port");
        let address = listener.get_ref().local_addr().expect("it is bound");
        let (results, put) = Mailbox::pair("results").expect("descriptors");
        let (put, mut acks, mut workers) = (Rc::new(put), BTreeMap::new(), Vec::new());
        for (name, takes) in [("worker-1", 30), ("worker-2", 10), ("worker-3", 20)] {
            let (ours, theirs) = Mailbox::pair("acks").expect("descriptors");
            acks.insert(name, ours);
            workers.push((name, worker(name, takes, put.clone(), theirs)));
        }
        let mut tasks = vec![spawn_named("server", server(listener, results, acks))];
        tasks.extend(workers.into_iter().map(|(name, worker)| spawn_named(name, worker)));
        tasks.push(spawn_named("client", client(address)));
        for task in tasks {
            let _ = task.await;
        }
    });
}
