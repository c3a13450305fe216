//! A sleep of zero: due at once, and yet behind everyone who is already due.

use std::time::Duration;

use ch04_sockets::{
    AsyncSleep, Coroutine, CoroutineState, Event, EventLoop, Resumed, Task,
};
use trace::{Clock, Setting, say};

use crate::poller;
use CoroutineState::{Complete, Yielded};

/// Counts to `count`, giving way after each number.
struct Polite {
    clock: Clock,
    at: u32,
    count: u32,
}

impl Coroutine for Polite {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        if self.at == self.count {
            say!("end");
            return Ok(Complete(()));
        }
        self.at += 1;
        say!("{}", self.at);
        Ok(Yielded(AsyncSleep::after(&self.clock, Duration::ZERO).into()))
    }
}

pub(crate) fn run(setting: &Setting) {
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    for (name, count) in [("a", 3), ("b", 1), ("c", 2)] {
        let clock = setting.clock.clone();
        event_loop.spawn(Task::new(name, Polite { clock, at: 0, count }));
    }
    let _ = event_loop.run();
}
