//! An HTTP answer in chunks, kept open until every worker has answered, whenever that
//! is. Workers put their results into a mailbox. The server writes each to the client,
//! and then, not before, acknowledges it, by the worker's name: the acknowledgement
//! covers the last hop.

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
    fn pair(ours: &str, theirs: &str) -> io::Result<(Self, Self)> {
        let (a, b) = UnixDatagram::pair()?;
        a.set_nonblocking(true)?;
        b.set_nonblocking(true)?;
        Ok((Mailbox(Source::new(ours, a)), Mailbox(Source::new(theirs, b))))
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

/// Works for a while, puts its result into the mailbox, waits for the acknowledgement.
async fn worker(name: &str, takes: u64, mailbox: Rc<Mailbox>) -> io::Result<()> {
    sleep(milliseconds(takes)).await;
    say!("has its result");
    mailbox.put(&format!("{name} after {takes} ms")).await?;
    say!("is acknowledged: {}", mailbox.get().await?);
    Ok(())
}

/// Accepts one request, and answers it chunk by chunk.
async fn server(
    listener: TcpListener,
    mailbox: Mailbox,
    workers: usize,
) -> io::Result<()> {
    let (stream, _) = listener.accept().await?;
    stream.read(&mut [0; 1_024]).await?;
    stream.write_all(HEAD).await?;
    for _ in 0..workers {
        let result = mailbox.get().await?;
        say!("writes the chunk: {result}");
        let chunk = format!("{:x}\r\n{result}\r\n", result.len());
        stream.write_all(chunk.as_bytes()).await?;
        mailbox.put(result.split(' ').next().expect("a name")).await?;
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
        let (ours, theirs) = Mailbox::pair("results", "acks").expect("descriptors");
        let (theirs, workers) = (Rc::new(theirs), [30, 10, 20]);
        let mut tasks =
            vec![spawn_named("server", server(listener, ours, workers.len()))];
        for (name, takes) in ["worker-1", "worker-2", "worker-3"].iter().zip(workers) {
            tasks.push(spawn_named(name, worker(name, takes, theirs.clone())));
        }
        tasks.push(spawn_named("client", client(address)));
        for task in tasks {
            let _ = task.await;
        }
    });
}
