//! Bugs of the loop as it is often published, in Python. Each is a program that the
//! published loop gets wrong; this one doesn't.
//!
//! The fourth, an event that the loop doesn't know and drops together with its
//! coroutine, can't be written down here: it doesn't compile. See the example in the
//! documentation of `Task::new`, which is a test.

use std::time::Duration;

use ch02_sleep::{
    AsyncSleep, Coroutine, CoroutineState, EventLoop, Resumed, Task, Timers,
};
use trace::{Clock, Observer};

use CoroutineState::{Complete, Yielded};

/// Sleeps once, until its time; then ends with its outcome.
struct Once {
    until: Option<Duration>,
    outcome: Option<Result<&'static str, &'static str>>,
}

fn once(ms: u64, outcome: Result<&'static str, &'static str>) -> Once {
    Once { until: Some(Duration::from_millis(ms)), outcome: Some(outcome) }
}

impl Coroutine for Once {
    type Yield = AsyncSleep;
    type Return = &'static str;

    fn resume(&mut self) -> Resumed<Self> {
        match self.until.take() {
            Some(until) => Ok(Yielded(AsyncSleep { until })),
            None => Ok(Complete(self.outcome.take().expect("resumed after its end")?)),
        }
    }
}

fn outcomes(tasks: impl IntoIterator<Item = Task<&'static str>>) -> Vec<String> {
    let mut event_loop = EventLoop::new(&Clock::virtual_time(), &Observer::none());
    for task in tasks {
        event_loop.spawn(task);
    }
    let told = |result| match result {
        Ok(value) => String::from(value),
        Err(error) => format!("failed: {error}"),
    };
    event_loop.run().into_iter().map(told).collect()
}

/// Published: `waiting.sort()` without a key compares the coroutines of two entries with
/// equal deadlines, which raises a `TypeError` and kills the loop.
#[test]
fn b01_equal_deadlines_never_compare_what_is_due() {
    struct Incomparable;
    let mut timers = Timers::new();
    timers.push(Duration::from_secs(5), ("first", Incomparable));
    timers.push(Duration::from_secs(5), ("second", Incomparable));
    let order: Vec<_> =
        std::iter::from_fn(|| timers.pop()).map(|(_, (n, _))| n).collect();
    assert_eq!(order, ["first", "second"]);
}

/// Tries to set the clock back, by the only means there is.
struct Admin {
    clock: Clock,
}

impl Coroutine for Admin {
    type Yield = AsyncSleep;
    type Return = &'static str;

    fn resume(&mut self) -> Resumed<Self> {
        self.clock.sleep_until(Duration::ZERO);
        Ok(Complete("tried"))
    }
}

/// Published: deadlines are times of day. A clock set back by an hour during a sleep of
/// one second makes it a sleep of an hour and one second.
#[test]
fn b11_a_sleep_is_as_long_as_asked_for() {
    let clock = Clock::virtual_time();
    clock.work(Duration::from_hours(1));
    let mut event_loop = EventLoop::new(&clock, &Observer::none());
    let until = Some(clock.now() + Duration::from_secs(1));
    event_loop.spawn(Task::new("sleeper", Once { until, outcome: Some(Ok("slept")) }));
    event_loop.spawn(Task::new("admin", Admin { clock: clock.clone() }));
    assert!(event_loop.run().iter().all(Result::is_ok));
    assert_eq!(clock.now(), Duration::from_secs(3601));
}

/// Published: only the regular end is caught, so the first failure leaves the loop, and
/// takes every other coroutine along.
#[test]
fn b13_a_failure_stays_with_the_one_that_failed() {
    let bad = Task::new("bad", once(1, Err("boom")));
    let good = Task::new("good", once(2, Ok("good ends")));
    assert_eq!(outcomes([bad, good]), ["failed: boom", "good ends"]);
}

/// Published: return values are thrown away.
#[test]
fn b13_return_values_are_kept() {
    let tasks =
        [("a", 2), ("b", 1)].map(|(name, ms)| Task::new(name, once(ms, Ok(name))));
    assert_eq!(outcomes(tasks), ["a", "b"]);
}
