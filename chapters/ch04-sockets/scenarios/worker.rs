//! The server's side: a worker accepts a connection, sends back what it receives until
//! the other side has finished, and accepts the next.

use ch04_sockets::{
    AsyncIo, Coroutine, CoroutineState, Error, Event, Listener, Resumed, Stream,
};
use trace::say;

use CoroutineState::{Complete, Yielded};

/// Where it stands: one variant per place at which it may have to wait.
enum At {
    Accepting(AsyncIo<Stream>),
    Receiving(Stream, AsyncIo<Vec<u8>>),
    Sending(Stream, AsyncIo<()>),
}

/// Echoes, one connection after the other.
pub(crate) struct Worker {
    listener: Listener,
    /// What its connections are called.
    name: &'static str,
    /// How many connections it still takes.
    left: u32,
    at: At,
}

impl Worker {
    pub(crate) fn new(listener: &Listener, name: &'static str, connections: u32) -> Self {
        let at = At::Accepting(listener.accept(name));
        Worker { listener: listener.clone(), name, left: connections, at }
    }

    /// Goes from one place to the next; `Some` is what it must wait for.
    fn step(&mut self) -> Result<Option<Event>, Error> {
        self.at = match &mut self.at {
            At::Accepting(accept) => match accept.resume()? {
                Yielded(event) => return Ok(Some(event)),
                Complete(stream) => {
                    say!("accepts");
                    receiving(stream)
                }
            },
            At::Receiving(stream, recv) => match recv.resume()? {
                Yielded(event) => return Ok(Some(event)),
                Complete(bytes) if bytes.is_empty() => self.next(),
                Complete(bytes) => {
                    let send = stream.send_all(bytes);
                    At::Sending(stream.clone(), send)
                }
            },
            At::Sending(stream, send) => match send.resume()? {
                Yielded(event) => return Ok(Some(event)),
                Complete(()) => receiving(stream.clone()),
            },
        };
        Ok(None)
    }

    fn next(&mut self) -> At {
        say!("is done with it");
        self.left -= 1;
        At::Accepting(self.listener.accept(self.name))
    }
}

fn receiving(stream: Stream) -> At {
    let recv = stream.recv(1_024);
    At::Receiving(stream, recv)
}

impl Coroutine for Worker {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        while self.left > 0 {
            if let Some(event) = self.step()? {
                return Ok(Yielded(event));
            }
        }
        Ok(Complete(()))
    }
}
