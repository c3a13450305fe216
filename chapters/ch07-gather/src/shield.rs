//! To wait for a task without putting it at risk: who is cancelled while waiting goes, and
//! the task goes on.
//!
//! Invariant: a cancel of who waits never reaches the task. A cancel of the task itself
//! does: a shield is not armour.

use ch06_tasks::{JoinError, JoinHandle, Promise};

/// Waits for `task`. A cancel meanwhile ends the wait and not the task, of which then
/// nobody hears any more: if it panics, that is reported.
///
/// # Errors
/// The task has no result.
pub async fn shield<T>(task: JoinHandle<T>) -> Result<T, JoinError> {
    // A cancel goes to what is awaited: to this promise, and no further.
    let ended = Promise::new("a shielded task");
    let end = ended.clone();
    task.promise().add_done_callback(move |_| _ = end.set(()));
    let _ = ended.await;
    task.await
}
