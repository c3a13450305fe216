//! To wait for a task without putting it at risk: who is cancelled while waiting goes, and
//! the task goes on.
//!
//! Invariant: a cancel of who waits never reaches the task. A cancel of the task itself
//! does.

use ch06_tasks::{JoinError, JoinHandle, State};

use crate::ends::Ends;

/// Waits for `task`. A cancel meanwhile ends the wait and not the task, of which then
/// nobody hears any more: if it panics, that is reported.
///
/// # Errors
/// The task has no result.
pub async fn shield<T>(task: JoinHandle<T>) -> Result<T, JoinError> {
    if task.promise().state() != State::Pending {
        return task.await;
    }
    // A cancel goes to what is awaited: to the news of its end, and no further.
    let mut ends = Ends::of("a shielded task", [task]);
    let (_, task) = ends.next().await.expect("there is one task");
    task.await
}
