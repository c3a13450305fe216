//! Results as they come: the first is the one that was ready first.
//!
//! Invariant: there are as many results as tasks, each once.

use ch06_tasks::{JoinError, JoinHandle};

use crate::ends::Ends;

/// Tasks, to be asked for one by one in the order in which they end.
pub struct AsCompleted<T: 'static> {
    tasks: Vec<JoinHandle<T>>,
    ends: Ends,
    /// How many have been asked for.
    taken: usize,
}

/// What `tasks` come to, in order of completion.
pub fn as_completed<T>(tasks: Vec<JoinHandle<T>>) -> AsCompleted<T> {
    AsCompleted { ends: Ends::of("the next end", &tasks), tasks, taken: 0 }
}

impl<T> AsCompleted<T> {
    /// What the next one came to; waits for it. None: that was the last.
    pub async fn next(&mut self) -> Option<Result<T, JoinError>> {
        if self.taken == self.tasks.len() {
            return None;
        }
        let number = self.ends.next().await;
        self.taken += 1;
        Some((&mut self.tasks[number]).await)
    }
}
