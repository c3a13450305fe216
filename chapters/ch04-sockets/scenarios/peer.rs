//! A peer with a script: connects, and then says, hears, waits and ends as it is told.
//! It stands for the rest of the world, in the same loop, so that traces are exact.

use std::net::SocketAddr;
use std::time::Duration;

use ch04_sockets::{
    AsyncIo, AsyncSleep, Coroutine, CoroutineState, Error, Event, Resumed, Stream,
    connect,
};
use trace::{Clock, say};

use CoroutineState::{Complete, Yielded};

/// One thing to do.
#[derive(Clone, Copy)]
pub(crate) enum Act {
    /// Send this.
    Say(&'static str),
    /// Receive once.
    Hear,
    /// Receive to the end, and say how much that was.
    HearAll,
    /// Let so many milliseconds pass.
    Wait(u64),
    /// Say that no more will be sent.
    Finish,
    /// Close without a word, and throw away what has come: the other side is reset.
    Reset,
}

/// What it is in the middle of.
enum Doing {
    Connecting(AsyncIo<Stream>),
    Sending(AsyncIo<()>),
    Hearing(AsyncIo<Vec<u8>>),
    HearingAll(AsyncIo<Vec<u8>>, usize),
    Nothing,
}

/// A client that follows a script.
pub(crate) struct Peer {
    clock: Clock,
    acts: std::vec::IntoIter<Act>,
    stream: Option<Stream>,
    doing: Doing,
}

impl Peer {
    pub(crate) fn new(name: &str, to: SocketAddr, clock: &Clock, acts: &[Act]) -> Self {
        let connect = connect(name, to).expect("descriptors to spare");
        let (clock, acts) = (clock.clone(), Vec::from(acts).into_iter());
        Peer { clock, acts, stream: None, doing: Doing::Connecting(connect) }
    }

    fn stream(&self) -> Stream {
        self.stream.clone().expect("it connects first")
    }

    /// Goes on with what it is in the middle of: the event that this waits for, if any.
    fn go_on(&mut self) -> Result<Option<Event>, Error> {
        let again = match &mut self.doing {
            Doing::Nothing => return Ok(None),
            Doing::Connecting(connect) => match connect.resume()? {
                Yielded(event) => return Ok(Some(event)),
                Complete(stream) => {
                    say!("is connected");
                    self.stream = Some(stream);
                    None
                }
            },
            Doing::Sending(send) => match send.resume()? {
                Yielded(event) => return Ok(Some(event)),
                Complete(()) => None,
            },
            Doing::Hearing(recv) => match recv.resume()? {
                Yielded(event) => return Ok(Some(event)),
                Complete(bytes) => heard(&bytes),
            },
            Doing::HearingAll(recv, count) => match recv.resume()? {
                Yielded(event) => return Ok(Some(event)),
                Complete(bytes) => more(bytes.len(), *count),
            },
        };
        self.doing = match again {
            Some(count) => Doing::HearingAll(self.stream().recv(65_536), count),
            None => Doing::Nothing,
        };
        Ok(None)
    }

    /// Begins the next thing to do: the event that it waits for, if it is a pause.
    fn begin(&mut self, act: Act) -> Result<Option<Event>, Error> {
        match act {
            Act::Say(text) => {
                say!("sends {}", text.trim_end());
                self.doing = Doing::Sending(self.stream().send_all(text.into()));
            }
            Act::Hear => self.doing = Doing::Hearing(self.stream().recv(1_024)),
            Act::HearAll => {
                self.doing = Doing::HearingAll(self.stream().recv(65_536), 0);
            }
            Act::Wait(ms) => {
                let pause = Duration::from_millis(ms);
                return Ok(Some(AsyncSleep::after(&self.clock, pause).into()));
            }
            Act::Finish => self.stream().finish()?,
            Act::Reset => self.stream = None,
        }
        Ok(None)
    }
}

fn heard(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [] => say!("hears the end"),
        bytes => say!("hears {}", String::from_utf8_lossy(bytes)),
    }
    None
}

/// How much it was in all, if there is more to come.
fn more(count: usize, before: usize) -> Option<usize> {
    match count {
        0 => {
            say!("heard {before} bytes, and the end");
            None
        }
        count => Some(before + count),
    }
}

impl Coroutine for Peer {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        loop {
            if let Some(event) = self.go_on()? {
                return Ok(Yielded(event));
            }
            if !matches!(self.doing, Doing::Nothing) {
                continue;
            }
            let Some(act) = self.acts.next() else { return Ok(Complete(())) };
            if let Some(event) = self.begin(act)? {
                return Ok(Yielded(event));
            }
        }
    }
}
