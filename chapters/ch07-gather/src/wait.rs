//! To wait for some of several tasks: the first, the first that fails, or all; and not
//! longer than a given time.
//!
//! Invariant: waiting changes nothing. Nothing is cancelled, no error is raised, and all
//! tasks are handed back.

use std::time::Duration;

use ch06_tasks::{JoinHandle, State};

use crate::ends::Ends;
use crate::timeout;

/// What a [`wait`] found: all tasks, in the order in which they were given.
pub struct Waited<T: 'static> {
    /// Those that have ended. To await one takes no time.
    pub done: Vec<JoinHandle<T>>,
    /// Those that go on.
    pub pending: Vec<JoinHandle<T>>,
}

/// Waits for `tasks` until one that has ended is `enough`, or all have; and for at most
/// `limit`, if there is one. It counts all that has ended by the time the caller runs
/// again, and may find more than it waited for.
///
/// Dropped, or cancelled, it lets go of the tasks, and they go on.
pub async fn wait<T: 'static>(
    tasks: impl IntoIterator<Item = JoinHandle<T>>,
    mut enough: impl FnMut(&JoinHandle<T>) -> bool,
    limit: Option<Duration>,
) -> Waited<T> {
    let (mut ends, mut ended) = (Ends::of("a wait", tasks), Vec::new());
    let all = async {
        while let Some((number, task)) = ends.next().await {
            let is_over = enough(&task);
            ended.push((number, task));
            if is_over {
                break;
            }
        }
    };
    match limit {
        None => all.await,
        Some(limit) => drop(timeout(limit, all).await),
    }
    ended.extend(ends.into_rest());
    ended.sort_by_key(|(number, _)| *number);
    let (done, pending) = ended.into_iter().map(|(_, task)| task).partition(is_done);
    Waited { done, pending }
}

fn is_done<T>(task: &JoinHandle<T>) -> bool {
    task.promise().state() != State::Pending
}

/// Enough for a [`wait`]: one has ended, in whatever way.
pub fn first_completed<T>(_: &JoinHandle<T>) -> bool {
    true
}

/// Enough for a [`wait`]: this one returned `Err`, or panicked. To be cancelled is not to
/// fail.
pub fn first_error<T: Clone, E: Clone>(task: &JoinHandle<Result<T, E>>) -> bool {
    match task.promise().result() {
        Some(Ok(Ok(value))) => value.is_err(),
        Some(Ok(Err(error))) => error.is_panic(),
        _ => false,
    }
}

/// Never enough for a [`wait`]: it ends when all tasks have.
pub fn all_completed<T>(_: &JoinHandle<T>) -> bool {
    false
}
