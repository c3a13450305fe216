//! One coroutine panics. The panic ends with the task it happened in.

use ch04_sockets::{Coroutine, Event, EventLoop, Resumed, Task};
use trace::{Setting, say};

use crate::poller;
use crate::sleepy::Sleepy;

/// Panics at its first step.
struct Panicking;

impl Coroutine for Panicking {
    type Yield = Event;
    type Return = u32;

    fn resume(&mut self) -> Resumed<Self> {
        panic!("boom")
    }
}

pub(crate) fn run(setting: &Setting) {
    // The message is in the trace; on the terminal it would stand in the middle of it.
    std::panic::set_hook(Box::new(|_| {}));
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    event_loop.spawn(Task::new("good", Sleepy::new(&setting.clock, 1)));
    event_loop.spawn(Task::new("bad", Panicking));
    for result in event_loop.run() {
        match result {
            Ok(steps) => say!("returned {steps}"),
            Err(error) => say!("{error}"),
        }
    }
}
