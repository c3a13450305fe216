//! Tasks that come and go, under one owner: Tokio's `JoinSet`.
//!
//! Invariant: no task outlives the set, unless it is let go of by name: when the set is
//! dropped, those that have not ended are aborted.

use std::collections::BTreeMap;
use std::rc::Rc;

use ch06_tasks::{JoinError, JoinHandle, Task, spawn};

use crate::ends::Ends;

/// A set of tasks that all give a `T`.
pub struct JoinSet<T: 'static> {
    /// Those whose end nobody has asked for, by number.
    tasks: BTreeMap<usize, JoinHandle<T>>,
    ends: Ends,
    /// The next task's number.
    next: usize,
}

impl<T> JoinSet<T> {
    /// Empty.
    #[must_use]
    pub fn new() -> Self {
        JoinSet { tasks: BTreeMap::new(), ends: Ends::new("the next end"), next: 0 }
    }

    /// Starts a task.
    pub fn spawn(&mut self, future: impl Future<Output = T> + 'static) -> Rc<Task> {
        let handle = spawn(future);
        let task = handle.task();
        self.ends.watch(&handle, self.next);
        self.tasks.insert(self.next, handle);
        self.next += 1;
        task
    }

    /// What the next one came to that ends; waits for it. None: the set is empty.
    /// Dropped meanwhile, it has taken nothing.
    pub async fn join_next(&mut self) -> Option<Result<T, JoinError>> {
        self.join_next_numbered().await.map(|(_, result)| result)
    }

    /// As [`join_next`](Self::join_next), and which it was, by order of spawning.
    pub(crate) async fn join_next_numbered(
        &mut self,
    ) -> Option<(usize, Result<T, JoinError>)> {
        if self.is_empty() {
            return None;
        }
        let number = self.ends.next().await;
        let task = self.tasks.remove(&number).expect("each end is reported once");
        Some((number, task.await))
    }

    /// How many tasks are in it, ended or not, that nobody has asked for.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tasks.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Aborts all. They are still to be asked for.
    pub fn abort_all(&mut self) {
        self.tasks.values().for_each(|task| task.abort());
    }

    /// Aborts all, and waits until they are gone.
    pub async fn shutdown(&mut self) {
        self.abort_all();
        while self.join_next().await.is_some() {}
    }

    /// Lets go of all: they run on by themselves.
    pub fn detach_all(&mut self) {
        self.tasks.clear();
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
