//! One coroutine fails in the middle of its work. The others don't notice, and the loop
//! gives back what each of them came to.

use std::time::Duration;

use ch04_sockets::{
    AsyncSleep, Coroutine, CoroutineState, Event, EventLoop, Resumed, Task,
};
use trace::{Clock, Setting, say};

use crate::poller;
use crate::sleepy::Sleepy;
use CoroutineState::Yielded;

/// Sleeps for 50 ms, then fails.
struct Failing {
    clock: Clock,
    slept: bool,
}

impl Coroutine for Failing {
    type Yield = Event;
    type Return = u32;

    fn resume(&mut self) -> Resumed<Self> {
        if std::mem::replace(&mut self.slept, true) {
            return Err("boom".into());
        }
        Ok(Yielded(AsyncSleep::after(&self.clock, Duration::from_millis(50)).into()))
    }
}

pub(crate) fn run(setting: &Setting) {
    let clock = &setting.clock;
    let mut event_loop = EventLoop::new(clock, &setting.observer, poller());
    event_loop.spawn(Task::new("good-1", Sleepy::new(clock, 1)));
    event_loop.spawn(Task::new("bad", Failing { clock: clock.clone(), slept: false }));
    event_loop.spawn(Task::new("good-2", Sleepy::new(clock, 2)));
    for result in event_loop.run() {
        match result {
            Ok(steps) => say!("returned {steps}"),
            Err(error) => say!("failed: {error}"),
        }
    }
}
