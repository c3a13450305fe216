//! Five coroutines of five steps each, with a sleep of 0.1 s after every step.

use std::time::Duration;

use ch04_sockets::{
    Asleep, Coroutine, CoroutineState, Event, EventLoop, Resumed, Task, asleep,
};
use trace::{Clock, Setting, say};

use crate::poller;
use CoroutineState::{Complete, Yielded};

/// `async def sleepy(count): for step in range(count): print(step); await asleep(0.1)`,
/// by hand.
pub(crate) struct Sleepy {
    /// Tells when a sleep begins.
    clock: Clock,
    /// Steps taken so far: the loop's variable.
    steps: u32,
    /// How many steps to take: the parameter.
    count: u32,
    /// The inner coroutine, while this one awaits it: the place in the loop's body.
    asleep: Option<Asleep>,
}

impl Sleepy {
    pub(crate) fn new(clock: &Clock, count: u32) -> Self {
        Sleepy { clock: clock.clone(), steps: 0, count, asleep: None }
    }
}

impl Coroutine for Sleepy {
    type Yield = Event;
    type Return = u32;

    fn resume(&mut self) -> Resumed<Self> {
        loop {
            if let Some(asleep) = &mut self.asleep
                && let Yielded(event) = asleep.resume()?
            {
                return Ok(Yielded(event));
            }
            if self.steps == self.count {
                return Ok(Complete(self.steps));
            }
            self.steps += 1;
            say!("step {}", self.steps);
            self.asleep = Some(asleep(&self.clock, Duration::from_millis(100)));
        }
    }
}

pub(crate) fn run(setting: &Setting) {
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    for n in 1..=5 {
        let sleepy = Sleepy::new(&setting.clock, 5);
        event_loop.spawn(Task::new(format!("sleepy-{n}"), sleepy));
    }
    let results = event_loop.run();
    say!("{} ended", results.len());
}
