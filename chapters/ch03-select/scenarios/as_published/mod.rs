//! The loop as it is often published, rebuilt with its bugs, so that each can be watched.
//! Don't build on it.
//!
//! Invariant: it is wrong where the original is wrong, and nowhere else. What would
//! never end has a bound that the original lacks.

mod snippet;
mod reads;

use std::os::fd::AsRawFd as _;
use std::time::Duration;

use trace::{Came, Clock, Observer};

use CoroutineState::{Complete, Yielded};
use ch03_select::{CoroutineState, Event, Source, Task, select};

pub(crate) use reads::{Buffered, ByteByByte, Recv};
pub(crate) use snippet::run_snippet;

/// The published loop, in its final form. Its bugs:
///
/// - one readable source is served per turn, however many there are;
/// - a second reader of a source takes the place of the first, which is lost;
/// - a sleeper that is due goes before every reader, always;
/// - return values are dropped, and the first failure ends the loop.
pub(crate) fn run<R>(clock: &Clock, observer: &Observer, tasks: Vec<Task<R>>) {
    let mut waiting = all_due(clock, observer, tasks);
    let mut reading: Vec<(Source, Task<R>)> = Vec::new();
    while !(waiting.is_empty() && reading.is_empty()) {
        observer.turn();
        let first = (!waiting.is_empty()).then(|| waiting.remove(0));
        let until = first.as_ref().map(|(until, _)| *until);
        let timers = waiting.len() + usize::from(first.is_some());
        let sources: Vec<_> = reading.iter().map(|(source, _)| source.clone()).collect();
        let readable = wait(clock, observer, timers, &sources, first.as_ref());
        let is_early = until.is_none_or(|until| clock.now() < until);
        let mut task = match (readable, first) {
            (Some(at), first) if is_early => {
                waiting.extend(first);
                waiting.sort_by_key(|(until, _)| *until);
                reading.remove(at).1
            }
            (_, Some((_, task))) => task,
            (_, None) => continue,
        };
        match task.resume(observer) {
            Ok(Yielded(Event::Sleep(event))) => sleep(&mut waiting, event.until, task),
            Ok(Yielded(Event::Read(event))) => {
                replace(&mut reading, event.source(), task);
            }
            Ok(Complete(_)) => {}
            Err(_) => return,
        }
    }
}

fn all_due<R>(
    clock: &Clock,
    observer: &Observer,
    tasks: Vec<Task<R>>,
) -> Vec<(Duration, Task<R>)> {
    let due = |task: Task<R>| {
        observer.spawned(task.name());
        (clock.now(), task)
    };
    tasks.into_iter().map(due).collect()
}

fn sleep<T>(waiting: &mut Vec<(Duration, T)>, until: Duration, task: T) {
    waiting.push((until, task));
    waiting.sort_by_key(|(until, _)| *until);
}

/// One place per descriptor, as in a map: whoever was there is gone.
fn replace<T>(reading: &mut Vec<(Source, T)>, source: &Source, task: T) {
    reading.retain(|(other, _)| other.as_raw_fd() != source.as_raw_fd());
    reading.push((source.clone(), task));
}

/// Waits until a source can be read, or until `first`, one of `timers`, wants to go on.
/// Gives the place of the first source that can be read.
fn wait<R>(
    clock: &Clock,
    observer: &Observer,
    timers: usize,
    sources: &[Source],
    first: Option<&(Duration, Task<R>)>,
) -> Option<usize> {
    let until = first.map(|(until, _)| *until);
    let time = until.map(|until| until.saturating_sub(clock.now()));
    if time.is_none_or(|time| !time.is_zero()) {
        observer.waiting(time, timers, sources.len());
    }
    let can_read = select(sources, clock.timeout(until)).unwrap_or_default();
    let readable = sources.iter().zip(&can_read).filter(|(_, can_read)| **can_read);
    let mut came: Vec<_> =
        readable.map(|(source, _)| Came::Readable(source.name().to_owned())).collect();
    if let Some((until, task)) = first.filter(|_| came.is_empty()) {
        clock.jump_to(*until);
        came.push(Came::Timer(task.name().to_owned()));
    }
    if time.is_none_or(|time| !time.is_zero()) {
        observer.ready(came);
    }
    can_read.iter().position(|can_read| *can_read)
}
