//! The smallest event loop: a list, kept sorted by the time at which each task wants to
//! go on. The first in the list is the next to run.
//!
//! Invariant: the list is sorted by deadline, and among equals by arrival.

use std::time::Duration;

use trace::{Came, Clock, Observer};

use crate::{CoroutineState, Error, Task};
use CoroutineState::{Complete, Yielded};

/// A task that sleeps: until when, its place among the results, and itself.
type Sleeper<R> = (Duration, usize, Task<R>);

/// Runs all `tasks` to their ends; results in the order of the tasks.
#[must_use]
pub fn run<R>(
    clock: &Clock,
    observer: &Observer,
    tasks: Vec<Task<R>>,
) -> Vec<Result<R, Error>> {
    let mut results: Vec<_> = tasks.iter().map(|_| None).collect();
    let mut waiting = all_due(clock, observer, tasks);
    while !waiting.is_empty() {
        observer.turn();
        // 1. Pick the first that wants to go on, and 2. wait until then.
        let (until, id, mut task) = waiting.remove(0);
        wait_until(until, clock, observer, waiting.len() + 1, &task.name);
        // 3. Resume it, and 4. put it where it wants to be next.
        match task.resume(observer) {
            Ok(Yielded(event)) => sleep_again(&mut waiting, (event.until, id, task)),
            Ok(Complete(value)) => results[id] = Some(Ok(value)),
            Err(error) => results[id] = Some(Err(error)),
        }
    }
    let ended = |result: Option<_>| result.expect("nobody waits: all have ended");
    results.into_iter().map(ended).collect()
}

fn all_due<R>(
    clock: &Clock,
    observer: &Observer,
    tasks: Vec<Task<R>>,
) -> Vec<Sleeper<R>> {
    let due = |(id, task): (usize, Task<R>)| {
        observer.spawned(&task.name);
        (clock.now(), id, task)
    };
    tasks.into_iter().enumerate().map(due).collect()
}

/// Sorting is stable: the newcomer stays behind those with the same deadline.
fn sleep_again<R>(waiting: &mut Vec<Sleeper<R>>, sleeper: Sleeper<R>) {
    waiting.push(sleeper);
    waiting.sort_by_key(|(until, ..)| *until);
}

fn wait_until(
    deadline: Duration,
    clock: &Clock,
    observer: &Observer,
    timers: usize,
    name: &str,
) {
    let time = deadline.saturating_sub(clock.now());
    if time.is_zero() {
        return;
    }
    observer.waiting(Some(time), timers, 0);
    clock.sleep_until(deadline);
    observer.ready([Came::Timer(name.to_owned())]);
}
