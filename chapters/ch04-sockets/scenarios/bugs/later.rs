//! Something that happens once, at its time.

use std::time::Duration;

use ch04_sockets::{AsyncSleep, Coroutine, CoroutineState, Event, Resumed};

use CoroutineState::{Complete, Yielded};

/// Sleeps until its time, acts, and ends.
pub(crate) struct Later<F> {
    until: Duration,
    /// What to do; gone when it is done.
    act: Option<F>,
    slept: bool,
}

pub(crate) fn later<F: FnOnce()>(milliseconds: u64, act: F) -> Later<F> {
    let until = Duration::from_millis(milliseconds);
    Later { until, act: Some(act), slept: false }
}

impl<F: FnOnce()> Coroutine for Later<F> {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        if !std::mem::replace(&mut self.slept, true) {
            return Ok(Yielded(AsyncSleep { until: self.until }.into()));
        }
        if let Some(act) = self.act.take() {
            act();
        }
        Ok(Complete(()))
    }
}
