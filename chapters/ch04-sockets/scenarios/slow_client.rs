//! Back-pressure: a server has eight megabytes for a client that isn't listening yet.
//! What doesn't fit into the buffers waits with the one who sends it.
//!
//! How much fits is the system's business, so the number of attempts differs between
//! machines. What is printed doesn't.

use ch04_sockets::{
    AsyncIo, Coroutine, CoroutineState, Event, EventLoop, Listener, Resumed, Stream, Task,
};
use trace::{Setting, say};

use crate::peer::{Act, Peer};
use crate::poller;
use CoroutineState::{Complete, Yielded};

const ALL: usize = 8 << 20;

/// Accepts one connection and sends [`ALL`] bytes, attempt by attempt.
struct Flood {
    accept: AsyncIo<Stream>,
    stream: Option<Stream>,
    send: Option<AsyncIo<usize>>,
    sent: usize,
    has_waited: bool,
}

impl Flood {
    /// Says so, the first time that there is no room.
    fn tell_waiting(&mut self) {
        if !std::mem::replace(&mut self.has_waited, true) {
            say!("has to wait for room");
        }
    }
}

impl Coroutine for Flood {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        let stream = match &self.stream {
            Some(stream) => stream.clone(),
            None => match self.accept.resume()? {
                Yielded(event) => return Ok(Yielded(event)),
                Complete(stream) => self.stream.insert(stream).clone(),
            },
        };
        while self.sent < ALL {
            let rest = ALL - self.sent;
            let send = self.send.get_or_insert_with(|| stream.send(vec![b'x'; rest]));
            match send.resume()? {
                Yielded(event) => {
                    self.tell_waiting();
                    return Ok(Yielded(event));
                }
                Complete(count) => self.sent += count,
            }
            self.send = None;
        }
        say!("has sent all {} bytes", self.sent);
        Ok(Complete(()))
    }
}

pub(crate) fn run(setting: &Setting) {
    let listener = Listener::bind("listener", "127.0.0.1:0").expect("a free port");
    let address = listener.address().expect("it is bound");
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let accept = listener.accept("connection");
    let flood = Flood { accept, stream: None, send: None, sent: 0, has_waited: false };
    event_loop.spawn(Task::new("server", flood));
    let acts = [Act::Wait(10), Act::HearAll];
    let client = Peer::new("client", address, &setting.clock, &acts);
    event_loop.spawn(Task::new("client", client));
    let _ = event_loop.run();
}
