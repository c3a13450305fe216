//! An HTTP answer in chunks, kept open until every worker has answered, whenever that
//! is. Workers put their results into a mailbox. The server writes each to the client,
//! and then, not before, acknowledges it: the acknowledgement covers the last hop.

use std::io;
use std::net::TcpStream;
use std::os::unix::net::UnixDatagram;
use std::rc::Rc;
use std::time::Duration;

use ch04_sockets::{
    AsyncIo, AsyncSleep, Coroutine, CoroutineState, Error, Event, EventLoop, Interest,
    Listener, Resumed, SendAll, Source, Stream, Task,
};
use trace::{Clock, Setting, say};

use crate::peer::{Act, Peer};
use crate::poller;
use CoroutineState::{Complete, Yielded};

const WORKERS: usize = 3;
const HEAD: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

/// One end of a pair of mailboxes: a message sent to one end arrives whole at the other.
#[derive(Clone)]
struct Mailbox {
    source: Source,
    socket: Rc<UnixDatagram>,
}

impl Mailbox {
    fn pair(ours: &str, theirs: &str) -> io::Result<(Self, Self)> {
        let (a, b) = UnixDatagram::pair()?;
        let end = |name, socket: UnixDatagram| -> io::Result<Self> {
            socket.set_nonblocking(true)?;
            let socket = Rc::new(socket);
            Ok(Mailbox { source: Source::new(name, socket.clone()), socket })
        };
        Ok((end(ours, a)?, end(theirs, b)?))
    }

    fn get(&self) -> AsyncIo<String> {
        let socket = self.socket.clone();
        AsyncIo::new(&self.source, Interest::READABLE, move || {
            let mut buffer = [0; 64];
            let count = socket.recv(&mut buffer)?;
            Ok(String::from_utf8_lossy(&buffer[..count]).into_owned())
        })
    }

    fn put(&self, message: String) -> AsyncIo<usize> {
        let socket = self.socket.clone();
        AsyncIo::new(&self.source, Interest::WRITABLE, move || {
            socket.send(message.as_bytes())
        })
    }
}

/// Works for a while, puts its result into the mailbox, waits for the acknowledgement.
struct Worker {
    clock: Clock,
    takes: u64,
    mailbox: Mailbox,
    at: WorkerAt,
}

enum WorkerAt {
    Start,
    Working,
    Putting(AsyncIo<usize>),
    Waiting(AsyncIo<String>),
}

impl Coroutine for Worker {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        loop {
            self.at = match &mut self.at {
                WorkerAt::Start => {
                    let works =
                        AsyncSleep::after(&self.clock, Duration::from_millis(self.takes));
                    self.at = WorkerAt::Working;
                    return Ok(Yielded(works.into()));
                }
                WorkerAt::Working => {
                    say!("has its result");
                    WorkerAt::Putting(
                        self.mailbox.put(format!("after {} ms", self.takes)),
                    )
                }
                WorkerAt::Putting(put) => match put.resume()? {
                    Yielded(event) => return Ok(Yielded(event)),
                    Complete(_) => WorkerAt::Waiting(self.mailbox.get()),
                },
                WorkerAt::Waiting(get) => match get.resume()? {
                    Yielded(event) => return Ok(Yielded(event)),
                    Complete(_) => {
                        say!("is acknowledged");
                        return Ok(Complete(()));
                    }
                },
            };
        }
    }
}

/// Accepts one request, and answers it chunk by chunk.
struct Server {
    stream: Option<Stream>,
    mailbox: Mailbox,
    /// Which answers are still to come.
    left: usize,
    at: ServerAt,
}

enum ServerAt {
    Accepting(AsyncIo<Stream>),
    Receiving(AsyncIo<Vec<u8>>),
    Sending(SendAll<TcpStream>),
    Waiting(AsyncIo<String>),
    /// Sends a chunk, and then acknowledges it.
    SendingChunk(SendAll<TcpStream>),
    Acknowledging(AsyncIo<usize>),
}

impl Server {
    fn send(&self, text: &str) -> SendAll<TcpStream> {
        self.stream.as_ref().expect("accepted").send_all(text.into())
    }

    /// What comes after a chunk: the next one, or the end.
    fn next(&mut self) -> Option<ServerAt> {
        match self.left.checked_sub(1) {
            None => None,
            Some(0) => {
                self.left = 0;
                Some(ServerAt::Sending(self.send("0\r\n\r\n")))
            }
            Some(left) => {
                self.left = left;
                Some(ServerAt::Waiting(self.mailbox.get()))
            }
        }
    }

    /// Goes from one place to the next; an event is what it must wait for.
    fn step(&mut self) -> Result<Option<Event>, Error> {
        self.at = match &mut self.at {
            ServerAt::Accepting(accept) => match accept.resume()? {
                Yielded(event) => return Ok(Some(event)),
                Complete(stream) => {
                    let recv = stream.recv(1_024);
                    self.stream = Some(stream);
                    ServerAt::Receiving(recv)
                }
            },
            ServerAt::Receiving(recv) => match recv.resume()? {
                Yielded(event) => return Ok(Some(event)),
                Complete(_) => ServerAt::Sending(self.send(HEAD)),
            },
            ServerAt::Sending(send) => match send.resume()? {
                Yielded(event) => return Ok(Some(event)),
                Complete(()) => ServerAt::Waiting(self.mailbox.get()),
            },
            ServerAt::Waiting(get) => match get.resume()? {
                Yielded(event) => return Ok(Some(event)),
                Complete(result) => {
                    say!("writes the chunk: {result}");
                    let chunk = format!("{:x}\r\n{result}\r\n", result.len());
                    ServerAt::SendingChunk(self.send(&chunk))
                }
            },
            ServerAt::SendingChunk(send) => match send.resume()? {
                Yielded(event) => return Ok(Some(event)),
                Complete(()) => {
                    ServerAt::Acknowledging(self.mailbox.put("ack".to_owned()))
                }
            },
            ServerAt::Acknowledging(put) => match put.resume()? {
                Yielded(event) => return Ok(Some(event)),
                Complete(_) => self.next().expect("one was left"),
            },
        };
        Ok(None)
    }
}

impl Coroutine for Server {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        loop {
            if let Some(event) = self.step()? {
                return Ok(Yielded(event));
            }
            if self.left == 0
                && let ServerAt::Waiting(_) = self.at
            {
                return Ok(Complete(()));
            }
        }
    }
}

pub(crate) fn run(setting: &Setting) {
    let listener = Listener::bind("listener", "127.0.0.1:0").expect("a free port");
    let address = listener.address().expect("it is bound");
    let (ours, theirs) = Mailbox::pair("results", "acks").expect("descriptors to spare");
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let at = ServerAt::Accepting(listener.accept("connection"));
    let server = Server { stream: None, mailbox: ours, left: WORKERS, at };
    event_loop.spawn(Task::new("server", server));
    for (n, takes) in [(1, 30), (2, 10), (3, 20)] {
        let (clock, mailbox) = (setting.clock.clone(), theirs.clone());
        let worker = Worker { clock, takes, mailbox, at: WorkerAt::Start };
        event_loop.spawn(Task::new(format!("worker-{n}"), worker));
    }
    let acts = [Act::Say("GET / HTTP/1.1\r\n\r\n"), Act::Finish, Act::HearAll];
    let client = Peer::new("client", address, &setting.clock, &acts);
    event_loop.spawn(Task::new("client", client));
    let _ = event_loop.run();
}
