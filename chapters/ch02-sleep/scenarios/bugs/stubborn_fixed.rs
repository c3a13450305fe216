//! One coroutine computes for a second, and gives way after each round. The loop gets the
//! thread back ten times.

use std::time::Duration;

use ch02_sleep::{AsyncSleep, Coroutine, CoroutineState, EventLoop, Resumed, Task};
use trace::{Clock, Setting, say};

use crate::sleepy::Sleepy;
use CoroutineState::{Complete, Yielded};

/// Ten rounds of work, 100 ms each, in eleven resumptions.
struct Stubborn {
    clock: Clock,
    round: u32,
}

impl Coroutine for Stubborn {
    type Yield = AsyncSleep;
    type Return = u32;

    fn resume(&mut self) -> Resumed<Self> {
        if self.round == 10 {
            return Ok(Complete(10));
        }
        self.round += 1;
        self.clock.work(Duration::from_millis(100));
        say!("round {}", self.round);
        Ok(Yielded(AsyncSleep::after(&self.clock, Duration::ZERO)))
    }
}

pub(crate) fn run(setting: &Setting) {
    let clock = &setting.clock;
    let mut event_loop = EventLoop::new(clock, &setting.observer);
    event_loop.spawn(Task::new("sleepy", Sleepy::new(clock, 2)));
    event_loop.spawn(Task::new("stubborn", Stubborn { clock: clock.clone(), round: 0 }));
    let _ = event_loop.run();
}
