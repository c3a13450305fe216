//! A send takes as much as there is room for; what is left is sent again, until none is.

use std::io::Write as _;

use ch04_sockets::{
    AsyncIo, Coroutine, CoroutineState, Event, EventLoop, Interest, Resumed, Task,
};
use trace::{Setting, say};

use super::narrow::connection;
use crate::poller;
use CoroutineState::{Complete, Yielded};

/// Sends all.
struct Sender(AsyncIo<()>);

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
    let (source, socket, receiver) = connection();
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let (bytes, mut count) = (b"hello, world", 0);
    let send = AsyncIo::new(&source, Interest::WRITABLE, move || {
        while count < bytes.len() {
            count += (&*socket).write(&bytes[count..])?;
        }
        Ok(())
    });
    event_loop.spawn(Task::new("sender", Sender(send)));
    event_loop.spawn(Task::new("receiver", receiver));
    drop(source);
    let _ = event_loop.run();
}
