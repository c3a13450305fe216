//! An HTTP answer in chunks, kept open until every worker has answered, whenever that
//! is. Workers put their results into a mailbox. The server writes each to the client,
//! and then, not before, acknowledges it to the worker whose it was: the acknowledgement
//! covers the last hop, and has an address.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::os::unix::net::UnixDatagram;
use std::rc::Rc;
use std::time::Duration;

use ch05_futures::{Error, Handle, Interest, Listener, Source, Task};
use trace::{Setting, say};

use crate::sockets::{call, hear_all, serving};

type Outcome = Result<(), Error>;

const HEAD: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

/// One end of a pair of mailboxes: a message sent to one end arrives whole at the other.
#[derive(Clone)]
struct Mailbox {
    handle: Handle,
    source: Source,
    socket: Rc<UnixDatagram>,
}

impl Mailbox {
    fn pair(handle: &Handle, name: &str) -> io::Result<(Self, Self)> {
        let (a, b) = UnixDatagram::pair()?;
        let end = |socket: UnixDatagram| -> io::Result<Self> {
            socket.set_nonblocking(true)?;
            let socket = Rc::new(socket);
            let source = Source::new(name, socket.clone());
            Ok(Mailbox { handle: handle.clone(), source, socket })
        };
        Ok((end(a)?, end(b)?))
    }

    async fn get(&self) -> io::Result<String> {
        let mut buffer = [0; 64];
        loop {
            match self.socket.recv(&mut buffer) {
                Ok(count) => {
                    return Ok(String::from_utf8_lossy(&buffer[..count]).into_owned());
                }
                Err(error) => self.not_yet(error, Interest::READABLE).await?,
            }
        }
    }

    async fn put(&self, message: &str) -> io::Result<()> {
        while let Err(error) = self.socket.send(message.as_bytes()) {
            self.not_yet(error, Interest::WRITABLE).await?;
        }
        Ok(())
    }

    /// Waits, if that is what `error` says.
    async fn not_yet(&self, error: io::Error, interest: Interest) -> io::Result<()> {
        match error.kind() {
            ErrorKind::WouldBlock => self.handle.ready(&self.source, interest).await,
            ErrorKind::Interrupted => Ok(()),
            _ => Err(error),
        }
    }
}

/// Works for a while, puts its result into the mailbox of all, and waits for the
/// acknowledgement in one of its own.
async fn worker(name: String, takes: u64, results: Mailbox, acks: Mailbox) -> Outcome {
    results.handle.sleep(Duration::from_millis(takes)).await;
    say!("has its result");
    results.put(&format!("{name} after {takes} ms")).await?;
    acks.get().await?;
    say!("is acknowledged");
    Ok(())
}

/// Accepts one request, and answers it chunk by chunk: one for each of `acks`, which say
/// where to acknowledge, by the name of the worker.
async fn server(
    listener: Listener,
    results: Mailbox,
    acks: BTreeMap<String, Mailbox>,
) -> Outcome {
    let stream = listener.accept("connection").await?;
    stream.recv(1_024).await?;
    stream.send_all(HEAD.as_bytes()).await?;
    for _ in 0..acks.len() {
        let message = results.get().await?;
        let (name, result) = message.split_once(' ').ok_or("no name")?;
        say!("writes the chunk: {result}");
        let chunk = format!("{:x}\r\n{result}\r\n", result.len());
        stream.send_all(chunk.as_bytes()).await?;
        acks.get(name).ok_or("nobody of this name")?.put("ack").await?;
    }
    Ok(stream.send_all(b"0\r\n\r\n").await?)
}

async fn client(handle: Handle, to: SocketAddr) -> Outcome {
    let stream = call(&handle, "client", to).await?;
    say!("sends GET / HTTP/1.1");
    stream.send_all(b"GET / HTTP/1.1\r\n\r\n").await?;
    stream.finish()?;
    hear_all(&stream).await
}

pub(crate) fn run(setting: &Setting) {
    let (mut event_loop, listener, address) = serving(setting);
    let (handle, spare) = (event_loop.handle(), "descriptors to spare");
    let (results, put) = Mailbox::pair(&handle, "results").expect(spare);
    let (mut acks, mut workers) = (BTreeMap::new(), Vec::new());
    for (n, takes) in [(1, 30), (2, 10), (3, 20)] {
        let name = format!("worker-{n}");
        let (ours, theirs) = Mailbox::pair(&handle, &format!("acks-{n}")).expect(spare);
        acks.insert(name.clone(), ours);
        workers.push(Task::new(name.clone(), worker(name, takes, put.clone(), theirs)));
    }
    event_loop.spawn(Task::new("server", server(listener, results, acks)));
    for worker in workers {
        event_loop.spawn(worker);
    }
    event_loop.spawn(Task::new("client", client(handle, address)));
    let _ = event_loop.run();
}
