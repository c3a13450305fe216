//! An HTTP answer in chunks, kept open until every worker has answered, whenever that
//! is. Workers put their results into a mailbox. The server writes each to the client,
//! and then, not before, acknowledges it to the worker whose it was: the acknowledgement
//! covers the last hop, and has an address.

use std::collections::BTreeMap;
use std::io;
use std::os::unix::net::UnixDatagram;
use std::rc::Rc;
use std::time::Duration;

use ch04_sockets::{
    AsyncIo, AsyncSleep, Coroutine, CoroutineState, Error, Event, EventLoop, Interest,
    Listener, Resumed, Source, Stream, Task,
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
    fn pair(name: &str) -> io::Result<(Self, Self)> {
        let (a, b) = UnixDatagram::pair()?;
        let end = |socket: UnixDatagram| -> io::Result<Self> {
            socket.set_nonblocking(true)?;
            let socket = Rc::new(socket);
            Ok(Mailbox { source: Source::new(name, socket.clone()), socket })
        };
        Ok((end(a)?, end(b)?))
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

/// Works for a while, puts its result into the mailbox of all, and waits for the
/// acknowledgement in one of its own.
struct Worker {
    clock: Clock,
    name: String,
    takes: u64,
    results: Mailbox,
    acks: Mailbox,
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
                    let result = format!("{} after {} ms", self.name, self.takes);
                    WorkerAt::Putting(self.results.put(result))
                }
                WorkerAt::Putting(put) => match put.resume()? {
                    Yielded(event) => return Ok(Yielded(event)),
                    Complete(_) => WorkerAt::Waiting(self.acks.get()),
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
    results: Mailbox,
    /// Where to acknowledge, by the name of the worker.
    acks: BTreeMap<String, Mailbox>,
    /// How many answers are still to come.
    left: usize,
    at: ServerAt,
}

enum ServerAt {
    Accepting(AsyncIo<Stream>),
    Receiving(AsyncIo<Vec<u8>>),
    Sending(AsyncIo<()>),
    Waiting(AsyncIo<String>),
    /// Sends the chunk of a worker, by name, and then acknowledges it.
    SendingChunk(String, AsyncIo<()>),
    Acknowledging(AsyncIo<usize>),
}

impl Server {
    fn send(&self, text: &str) -> AsyncIo<()> {
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
                Some(ServerAt::Waiting(self.results.get()))
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
                Complete(()) => ServerAt::Waiting(self.results.get()),
            },
            ServerAt::Waiting(get) => match get.resume()? {
                Yielded(event) => return Ok(Some(event)),
                Complete(message) => {
                    let (name, result) = message.split_once(' ').ok_or("no name")?;
                    say!("writes the chunk: {result}");
                    let chunk = format!("{:x}\r\n{result}\r\n", result.len());
                    ServerAt::SendingChunk(name.to_owned(), self.send(&chunk))
                }
            },
            ServerAt::SendingChunk(name, send) => match send.resume()? {
                Yielded(event) => return Ok(Some(event)),
                Complete(()) => {
                    let mailbox = self.acks.get(name).ok_or("nobody of this name")?;
                    ServerAt::Acknowledging(mailbox.put("ack".to_owned()))
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
    let spare = "descriptors to spare";
    let (results, put) = Mailbox::pair("results").expect(spare);
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let (mut acks, mut workers) = (BTreeMap::new(), Vec::new());
    for (n, takes) in [(1, 30), (2, 10), (3, 20)] {
        let name = format!("worker-{n}");
        let (ours, theirs) = Mailbox::pair(&format!("acks-{n}")).expect(spare);
        acks.insert(name.clone(), ours);
        let (clock, results, at) = (setting.clock.clone(), put.clone(), WorkerAt::Start);
        workers.push(Worker { clock, name, takes, results, acks: theirs, at });
    }
    let at = ServerAt::Accepting(listener.accept("connection"));
    let server = Server { stream: None, results, acks, left: WORKERS, at };
    event_loop.spawn(Task::new("server", server));
    for worker in workers {
        event_loop.spawn(Task::new(worker.name.clone(), worker));
    }
    let script = [Act::Say("GET / HTTP/1.1\r\n\r\n"), Act::Finish, Act::HearAll];
    let client = Peer::new("client", address, &setting.clock, &script);
    event_loop.spawn(Task::new("client", client));
    let _ = event_loop.run();
}
