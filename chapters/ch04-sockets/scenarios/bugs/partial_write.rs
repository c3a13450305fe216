//! A send takes as much as there is room for, and says how much that was. Nobody listens.

use ch04_sockets::{AsyncIo, Coroutine, CoroutineState, Event, EventLoop, Resumed, Task};
use trace::{Setting, say};

use super::narrow::connection;
use crate::poller;
use CoroutineState::{Complete, Yielded};

/// Sends once.
struct Sender(AsyncIo<usize>);

impl Coroutine for Sender {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        if let Yielded(event) = self.0.resume()? {
            return Ok(Yielded(event));
        }
        say!("has sent hello, world");
        Ok(Complete(()))
    }
}

pub(crate) fn run(setting: &Setting) {
    let (stream, receiver) = connection();
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let send = stream.send(b"hello, world".into());
    event_loop.spawn(Task::new("sender", Sender(send)));
    event_loop.spawn(Task::new("receiver", receiver));
    drop(stream);
    let _ = event_loop.run();
}
