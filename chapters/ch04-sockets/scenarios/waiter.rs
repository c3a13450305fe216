//! Three guests need 5, 10 and 1 minutes to decide. One waiter takes their orders, in
//! the order in which they sat down, or in the order in which they are ready.

use std::time::Duration;

use ch04_sockets::{
    AsyncSleep, Coroutine, CoroutineState, Event, EventLoop, Resumed, Task,
};
use trace::{Clock, Setting, say};

use crate::poller;
use CoroutineState::{Complete, Yielded};

/// Who sat down, and how long each reads the menu.
const GUESTS: [(&str, u64); 3] = [("Ada", 5), ("Ben", 10), ("Cyd", 1)];

/// Decides, then orders.
struct Guest {
    clock: Clock,
    decides_in: Duration,
    decided: bool,
}

impl Coroutine for Guest {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        if !std::mem::replace(&mut self.decided, true) {
            say!("reads the menu");
            return Ok(Yielded(AsyncSleep::after(&self.clock, self.decides_in).into()));
        }
        say!("orders");
        Ok(Complete(()))
    }
}

fn minutes(n: u64) -> Duration {
    Duration::from_secs(60 * n)
}

pub(crate) fn run(setting: &Setting) {
    let clock = &setting.clock;
    let mut event_loop = EventLoop::new(clock, &setting.observer, poller());
    for (name, n) in GUESTS {
        let guest =
            Guest { clock: clock.clone(), decides_in: minutes(n), decided: false };
        event_loop.spawn(Task::new(name, guest));
    }
    let _ = event_loop.run();
    say!("every order taken");
}

/// The same evening with a waiter who stands at the table: time passes in him.
pub(crate) fn run_blocking(setting: &Setting) {
    for (name, n) in GUESTS {
        say!("stands beside {name}");
        setting.clock.work(minutes(n));
        say!("takes the order of {name}");
    }
    say!("every order taken");
}
