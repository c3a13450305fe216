//! To wait for some of several tasks: the first, the first that fails, or all; and not
//! longer than a given time.
//!
//! Invariant: waiting changes nothing. Nothing is cancelled, no error is raised, and all
//! tasks are handed back.

use std::time::Duration;

use ch06_tasks::JoinHandle;

use crate::ends::Ends;
use crate::timeout;

/// When a [`wait`] is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnWhen {
    /// One has ended, in whatever way.
    FirstCompleted,
    /// One has failed: returned `Err`, or panicked. A cancelled one has not. If none
    /// fails, all have ended.
    FirstError,
    /// All have ended.
    AllCompleted,
}

/// What a [`wait`] found: all tasks, in the order in which they were given.
pub struct Waited<T: 'static> {
    /// Those that have ended. To await one takes no time.
    pub done: Vec<JoinHandle<T>>,
    /// Those that go on.
    pub pending: Vec<JoinHandle<T>>,
}

/// Waits for `tasks`, for at most `limit` if there is one. It counts all that has ended by
/// the time the caller runs again, and may find more than it waited for.
pub async fn wait<T: Clone, E: Clone>(
    tasks: Vec<JoinHandle<Result<T, E>>>,
    until: ReturnWhen,
    limit: Option<Duration>,
) -> Waited<Result<T, E>> {
    let all = async {
        let ends = Ends::of("a wait", &tasks);
        for _ in 0..tasks.len() {
            let number = ends.next().await;
            let is_over = match until {
                ReturnWhen::FirstCompleted => true,
                ReturnWhen::FirstError => has_failed(&tasks[number]),
                ReturnWhen::AllCompleted => false,
            };
            if is_over {
                break;
            }
        }
    };
    match limit {
        None => all.await,
        Some(limit) => drop(timeout(limit, all).await),
    }
    let (done, pending) = tasks.into_iter().partition(|task| task.is_finished());
    Waited { done, pending }
}

fn has_failed<T: Clone, E: Clone>(task: &JoinHandle<Result<T, E>>) -> bool {
    match task.promise().result() {
        Some(Ok(Err(error))) => error.is_panic(),
        Some(Ok(Ok(value))) => value.is_err(),
        _ => false,
    }
}
