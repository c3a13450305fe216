//! Results as they come: the first is the one that was ready first.
//!
//! Invariant: there are as many results as tasks, each once.

use ch06_tasks::{JoinError, JoinHandle};

use crate::ends::Ends;

/// Tasks, to be asked for one by one in the order in which they end. Dropped it leaves
/// the rest to themselves.
pub struct AsCompleted<T: 'static>(Ends<T>);

/// What `tasks` come to, in order of completion.
pub fn as_completed<T>(tasks: impl IntoIterator<Item = JoinHandle<T>>) -> AsCompleted<T> {
    AsCompleted(Ends::of("the next end", tasks))
}

impl<T> AsCompleted<T> {
    /// What the next one came to; waits for it. None: that was the last. Dropped while
    /// it waits, this has taken nothing.
    pub async fn next(&mut self) -> Option<Result<T, JoinError>> {
        let (_, task) = self.0.next().await?;
        Some(task.await)
    }
}
