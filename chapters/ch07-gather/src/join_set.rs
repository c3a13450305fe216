//! Tasks that come and go, under one owner: Tokio's `JoinSet`.
//!
//! Invariant: no task outlives the set, unless it is let go of by name. When the set is
//! dropped, those that have not ended are aborted.

use std::rc::Rc;

use ch06_tasks::{JoinError, Task, spawn};

use crate::ends::Ends;

/// A set of tasks that all give a `T`.
pub struct JoinSet<T: 'static>(pub(crate) Ends<T>);

impl<T> JoinSet<T> {
    /// Empty.
    #[must_use]
    pub fn new() -> Self {
        JoinSet(Ends::new("the next end"))
    }

    /// Starts a task.
    pub fn spawn(&mut self, future: impl Future<Output = T> + 'static) -> Rc<Task> {
        let handle = spawn(future);
        let task = handle.task();
        self.0.push(handle);
        task
    }

    /// What the next one came to that ends; waits for it. None: the set is empty.
    /// Dropped while it waits, this has taken nothing.
    pub async fn join_next(&mut self) -> Option<Result<T, JoinError>> {
        let (_, task) = self.0.next().await?;
        Some(task.await)
    }

    /// How many tasks are in it that nobody has asked for, ended or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Aborts all. They are still to be asked for.
    pub fn abort_all(&mut self) {
        self.0.tasks().for_each(|task| task.abort());
    }

    /// Aborts all, and waits until they are gone.
    pub async fn shutdown(&mut self) {
        self.abort_all();
        while self.join_next().await.is_some() {}
    }

    /// Lets go of all: they run on by themselves.
    pub fn detach_all(&mut self) {
        self.0 = Ends::new("the next end");
    }
}

impl<T> Default for JoinSet<T> {
    fn default() -> Self {
        JoinSet::new()
    }
}

impl<T> Drop for JoinSet<T> {
    fn drop(&mut self) {
        self.abort_all();
    }
}
