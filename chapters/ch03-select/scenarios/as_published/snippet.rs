//! The step on the way to the published loop, as the text shows it. In Rust a task can't
//! stand in two collections, so its bugs need an `Rc` to be written at all.

use std::cell::RefCell;
use std::os::fd::AsRawFd as _;
use std::rc::Rc;

use trace::{Clock, Observer};

use super::{all_due, sleep};
use CoroutineState::Yielded;
use ch03_select::{CoroutineState, Event, Source, Task, select};

/// Runs `turns` turns, where the original runs for ever. Its bugs:
///
/// - a reader stays in the map when it is run, and is run again after its end;
/// - while a source can be read nobody looks at the clock: sleepers starve.
pub(crate) fn run_snippet<R>(
    clock: &Clock,
    observer: &Observer,
    tasks: Vec<Task<R>>,
    turns: usize,
) {
    let shared = |(until, task)| (until, Rc::new(RefCell::new(task)));
    let due = all_due(clock, observer, tasks);
    let mut waiting: Vec<(_, Rc<RefCell<Task<R>>>)> =
        due.into_iter().map(shared).collect();
    let mut reading: Vec<(Source, Rc<RefCell<Task<R>>>)> = Vec::new();
    for _ in 0..turns {
        observer.turn();
        let first = (!waiting.is_empty()).then(|| waiting.remove(0));
        let sources: Vec<_> = reading.iter().map(|(source, _)| source.clone()).collect();
        let can_read = select(&sources, clock.timeout(Some(clock.now())));
        let can_read = can_read.unwrap_or_default();
        let readable = can_read.iter().position(|can_read| *can_read);
        let task = match (readable, first) {
            (Some(at), first) => {
                waiting.extend(first);
                reading[at].1.clone()
            }
            (None, Some((until, task))) => {
                clock.sleep_until(until);
                task
            }
            (None, None) => return,
        };
        let result = task.borrow_mut().resume(observer);
        match result {
            Ok(Yielded(Event::Sleep(event))) => sleep(&mut waiting, event.until, task),
            Ok(Yielded(Event::Read(event))) => {
                let number = event.source().as_raw_fd();
                reading.retain(|(other, _)| other.as_raw_fd() != number);
                reading.push((event.source().clone(), task));
            }
            _ => {}
        }
    }
}
