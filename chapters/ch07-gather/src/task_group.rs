//! A scope for tasks: whoever enters it leaves when all that was started inside has ended.
//! Trio calls it a nursery, asyncio a `TaskGroup`.
//!
//! Invariant: nothing that was started inside runs on after it. If one fails all others
//! are cancelled, the body too; and all errors are raised together.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use ch06_tasks::{
    Cancelled, Id, JoinError, JoinHandle, Promise, Task, catch_cancel, current_task,
    resume_cancel, spawn,
};

/// Where the tasks of a scope are started. Clones are the same group.
pub struct TaskGroup<E: 'static>(Rc<Shared<E>>);

/// What the parent, the clones and the ends of tasks have in common.
struct Shared<E> {
    /// The task that entered the scope.
    parent: Rc<Task>,
    /// Those that were started and have not ended, in this order.
    tasks: RefCell<BTreeMap<Id, JoinHandle<()>>>,
    /// In order of completion.
    errors: RefCell<Vec<E>>,
    stage: Cell<Stage>,
    /// Whether tasks have been asked to stop: one that is started now never begins.
    failing: Cell<bool>,
    /// Whether the parent was asked to leave the body.
    asked: Cell<bool>,
    /// Set when no task is left, if the parent waits for that.
    empty: RefCell<Option<Promise<()>>>,
}

/// How far a group is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The body runs.
    Body,
    /// The body has ended, tasks have not.
    Leaving,
    /// All is over.
    Over,
}

/// A task of a group. Dropping this changes nothing.
pub struct Started<T> {
    task: Rc<Task>,
    /// Set if it returned one.
    value: Rc<Cell<Option<T>>>,
}

/// What went wrong in a group, in order of completion. To be cancelled is not an error.
#[derive(Debug)]
pub struct GroupError<E>(pub Vec<E>);

/// Runs `body`, which may start tasks in the group; and waits for all of them. If this is
/// dropped, or `body` panics, they are aborted.
///
/// # Errors
/// Those of the body and of tasks, panics included.
///
/// # Panics
/// Outside of a task.
pub async fn task_group<R, E: From<JoinError> + 'static>(
    body: impl AsyncFnOnce(&TaskGroup<E>) -> Result<R, E>,
) -> Result<R, GroupError<E>> {
    let group = TaskGroup::new();
    let Over(shared) = &Over(group.0.clone());
    let (value, cancelled) = match catch_cancel(body(&group)).await {
        Ok(Ok(value)) => (Some(value), None),
        Ok(Err(error)) => {
            shared.errors.borrow_mut().push(error);
            (None, None)
        }
        Err(cancelled) => (None, Some(cancelled)),
    };
    let again = shared.leave(value.is_none()).await;
    let errors = shared.errors.take();
    match (value, again.or(cancelled)) {
        _ if !errors.is_empty() => Err(GroupError(errors)),
        (_, Some(cancelled)) => resume_cancel(cancelled).await,
        (value, None) => Ok(value.expect("without an error the body returned")),
    }
}

impl<E: From<JoinError> + 'static> TaskGroup<E> {
    fn new() -> Self {
        TaskGroup(Rc::new(Shared {
            parent: current_task().expect("a group is entered inside a task"),
            tasks: RefCell::default(),
            errors: RefCell::default(),
            stage: Cell::new(Stage::Body),
            failing: Cell::default(),
            asked: Cell::default(),
            empty: RefCell::default(),
        }))
    }

    /// Starts a task. In a group whose tasks have been asked to stop it never begins.
    ///
    /// # Panics
    /// If the group is over.
    pub fn spawn<T: 'static>(
        &self,
        future: impl Future<Output = Result<T, E>> + 'static,
    ) -> Started<T> {
        assert!(self.0.stage.get() != Stage::Over, "the group is over");
        let (value, failed) = (Rc::new(Cell::new(None)), Rc::new(Cell::new(None)));
        let (value_to, failed_to) = (value.clone(), failed.clone());
        let handle = spawn(async move {
            match future.await {
                Ok(value) => value_to.set(Some(value)),
                Err(error) => failed_to.set(Some(error)),
            }
        });
        let task = handle.task();
        self.0.start(handle, failed);
        Started { task, value }
    }

    /// Asks all tasks to stop, and not the body. Those that are started from now on never
    /// begin.
    pub fn cancel(&self) {
        self.0.cancel();
    }
}

impl<E: From<JoinError> + 'static> Shared<E> {
    fn start(self: &Rc<Self>, handle: JoinHandle<()>, failed: Rc<Cell<Option<E>>>) {
        let (shared, id) = (self.clone(), handle.id());
        handle.promise().add_done_callback(move |_| shared.ended(id, failed.take()));
        if self.failing.get() {
            handle.cancel();
        }
        self.tasks.borrow_mut().insert(id, handle);
    }

    /// A task has ended: with this error, or a panic, or well.
    fn ended(&self, id: Id, failed: Option<E>) {
        let handle = self.tasks.borrow_mut().remove(&id);
        let end = handle.and_then(|handle| handle.result());
        let panic = end.and_then(Result::err).filter(JoinError::is_panic).map(E::from);
        if let Some(error) = failed.or(panic) {
            self.errors.borrow_mut().push(error);
            self.fail();
        }
        if self.tasks.borrow().is_empty() {
            self.empty.take().map(|promise| promise.set(()));
        }
    }

    /// One failed: all are to stop, the body too.
    fn fail(&self) {
        self.cancel_once();
        if self.stage.get() == Stage::Body && !self.asked.replace(true) {
            self.parent.cancel_with("a task of its group failed");
        }
    }

    /// Whoever cleans up already is not disturbed.
    fn cancel_once(&self) {
        if !self.failing.get() {
            self.cancel();
        }
    }

    fn cancel(&self) {
        self.failing.set(true);
        self.tasks.borrow().values().for_each(|task| _ = task.cancel());
    }

    /// Waits until no task is left. Whoever cancels the parent meanwhile cancels them.
    async fn leave(&self, has_failed: bool) -> Option<Cancelled> {
        self.stage.set(Stage::Leaving);
        if has_failed {
            self.cancel_once();
        }
        let mut cancelled = None;
        while let Err(again) = catch_cancel(self.emptied()).await {
            self.cancel();
            cancelled = Some(again);
        }
        // The group's own request has done its work.
        if self.asked.get() {
            self.parent.uncancel();
        }
        cancelled
    }

    async fn emptied(&self) {
        while !self.tasks.borrow().is_empty() {
            let promise = Promise::new("its group");
            self.empty.replace(Some(promise.clone()));
            let _ = promise.await;
        }
    }
}

/// The end of a group, even if its parent is dropped in the middle.
struct Over<E>(Rc<Shared<E>>);

impl<E> Drop for Over<E> {
    fn drop(&mut self) {
        self.0.stage.set(Stage::Over);
        self.0.tasks.take().values().for_each(|task| task.abort());
    }
}

impl<T> Started<T> {
    /// The task, to ask it to stop.
    #[must_use]
    pub fn task(&self) -> &Rc<Task> {
        &self.task
    }

    /// What it returned, once; none before its end.
    #[must_use]
    pub fn take(&self) -> Option<T> {
        self.value.take()
    }
}

impl<E> Clone for TaskGroup<E> {
    fn clone(&self) -> Self {
        TaskGroup(self.0.clone())
    }
}

impl<E: fmt::Display> fmt::Display for GroupError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors: Vec<_> = self.0.iter().map(E::to_string).collect();
        write!(f, "{} in a group failed: {}", errors.len(), errors.join("; "))
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for GroupError<E> {}
