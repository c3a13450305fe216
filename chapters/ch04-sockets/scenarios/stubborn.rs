//! One coroutine computes for a second and never suspends. The loop can't take the
//! thread back: it gets it when the coroutine returns.

use std::time::Duration;

use ch04_sockets::{Coroutine, CoroutineState, Event, EventLoop, Resumed, Task};
use trace::{Clock, Setting, say};

use crate::poller;
use crate::sleepy::Sleepy;
use CoroutineState::Complete;

/// Ten rounds of work, 100 ms each, in one resumption.
struct Stubborn {
    clock: Clock,
}

impl Coroutine for Stubborn {
    type Yield = Event;
    type Return = u32;

    fn resume(&mut self) -> Resumed<Self> {
        for round in 1..=10 {
            self.clock.work(Duration::from_millis(100));
            say!("round {round}");
        }
        Ok(Complete(10))
    }
}

pub(crate) fn run(setting: &Setting) {
    let clock = &setting.clock;
    let mut event_loop = EventLoop::new(clock, &setting.observer, poller());
    event_loop.spawn(Task::new("sleepy", Sleepy::new(clock, 2)));
    event_loop.spawn(Task::new("stubborn", Stubborn { clock: clock.clone() }));
    let _ = event_loop.run();
}
