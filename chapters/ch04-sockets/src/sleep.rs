//! The event that asks for sleep, and a coroutine that uses it.
//!
//! Invariant: nothing here waits. An event is a request; waiting is the loop's business.

use std::time::Duration;

use trace::Clock;

use crate::{Coroutine, CoroutineState, Event, Resumed};
use CoroutineState::{Complete, Yielded};

/// "Don't resume me before this time."
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsyncSleep {
    /// Time on the loop's clock. One that has passed asks for the next turn.
    pub until: Duration,
}

/// The coroutine that [`asleep`] makes.
#[derive(Debug)]
pub struct Asleep {
    /// Tells when a half begins.
    clock: Clock,
    /// How long each sleep still to come shall be, the next one last.
    left: Vec<Duration>,
}

/// Sleeps for `duration`, in two halves: between them it is a coroutine like any other,
/// suspended in the middle of its work.
#[must_use]
pub fn asleep(clock: &Clock, duration: Duration) -> Asleep {
    let half = duration / 2;
    Asleep { clock: clock.clone(), left: vec![duration.saturating_sub(half), half] }
}

impl Coroutine for Asleep {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        Ok(match self.left.pop() {
            Some(half) => Yielded(AsyncSleep::after(&self.clock, half).into()),
            None => Complete(()),
        })
    }
}

impl AsyncSleep {
    /// `duration` from now. A time beyond what the clock can show is its end.
    #[must_use]
    pub fn after(clock: &Clock, duration: Duration) -> Self {
        AsyncSleep { until: clock.now().saturating_add(duration) }
    }
}
