//! Five coroutines ask, at five different times, for the same moment. They get it in the
//! order in which they asked.

use std::time::Duration;

use ch04_sockets::{
    AsyncSleep, Coroutine, CoroutineState, Event, EventLoop, Resumed, Task,
};
use trace::{Setting, say};

use crate::poller;
use CoroutineState::{Complete, Yielded};

/// Sleeps until each of its times, the next one last.
struct Until {
    times: Vec<Duration>,
}

impl Coroutine for Until {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        if let Some(until) = self.times.pop() {
            return Ok(Yielded(AsyncSleep { until }.into()));
        }
        say!("awake");
        Ok(Complete(()))
    }
}

pub(crate) fn run(setting: &Setting) {
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let until = |times: &[u64]| Until {
        times: times.iter().rev().copied().map(Duration::from_millis).collect(),
    };
    for at in [40, 30, 20, 10] {
        event_loop.spawn(Task::new(format!("asks-at-{at}"), until(&[at, 50])));
    }
    event_loop.spawn(Task::new("asks-at-0", until(&[50])));
    let _ = event_loop.run();
}
