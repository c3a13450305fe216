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

/// Accepts one connection and sends [`ALL`] bytes. Says so, the first time that there is
/// no room.
enum Flood {
    Accepting(AsyncIo<Stream>),
    Sending { send: AsyncIo<()>, has_waited: bool },
}

impl Coroutine for Flood {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        loop {
            *self = match self {
                Flood::Accepting(accept) => match accept.resume()? {
                    Yielded(event) => return Ok(Yielded(event)),
                    Complete(stream) => {
                        let send = stream.send_all(vec![b'x'; ALL]);
                        Flood::Sending { send, has_waited: false }
                    }
                },
                Flood::Sending { send, has_waited } => match send.resume()? {
                    Yielded(event) => {
                        if !std::mem::replace(has_waited, true) {
                            say!("has to wait for room");
                        }
                        return Ok(Yielded(event));
                    }
                    Complete(()) => {
                        say!("has sent all {ALL} bytes");
                        return Ok(Complete(()));
                    }
                },
            };
        }
    }
}

pub(crate) fn run(setting: &Setting) {
    let listener = Listener::bind("listener", "127.0.0.1:0").expect("a free port");
    let address = listener.address().expect("it is bound");
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let flood = Flood::Accepting(listener.accept("connection"));
    event_loop.spawn(Task::new("server", flood));
    let acts = [Act::Wait(10), Act::HearAll];
    let client = Peer::new("client", address, &setting.clock, &acts);
    event_loop.spawn(Task::new("client", client));
    let _ = event_loop.run();
}
