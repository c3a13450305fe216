//! A scope for tasks: whoever enters it leaves when all that was started inside has ended.
//! Trio calls it a nursery, asyncio a `TaskGroup`.
//!
//! Invariant: nothing that was started inside runs after it. If one fails all others are
//! cancelled, the body too; and all errors are raised together.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use ch06_tasks::{
    Cancelled, JoinError, JoinHandle, Promise, Task, catch_cancel, current_task,
    resume_cancel, spawn, yield_now,
};

/// Where the tasks of a scope are started. Clones are the same group.
pub struct TaskGroup<E: 'static>(Rc<Shared<E>>);

struct Shared<E> {
    /// The task that entered the scope.
    parent: Rc<Task>,
    /// Those that were started and have not ended.
    tasks: RefCell<Vec<Rc<Task>>>,
    /// In order of completion.
    errors: RefCell<Vec<E>>,
    stage: Cell<Stage>,
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
    /// The same, and they have been cancelled.
    Failing,
    /// All is over.
    Over,
}

/// The value of a task in a group: there when the group is over, if the task returned one.
pub struct Started<T> {
    task: Rc<Task>,
    value: Rc<Cell<Option<T>>>,
}

/// What went wrong in a group, in order of completion. To be cancelled is not an error.
#[derive(Debug)]
pub struct GroupError<E>(pub Vec<E>);

/// Runs `body`, which may start tasks in the group; and waits for all of them.
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
    let shared = &group.0;
    let _over = Over(shared.clone());
    let (value, mut cancelled) = match catch_cancel(body(&group)).await {
        Ok(Ok(value)) => (Some(value), None),
        Ok(Err(error)) => {
            shared.errors.borrow_mut().push(error);
            (None, None)
        }
        Err(cancelled) => (None, Some(cancelled)),
    };
    shared.leave(value.is_none());
    while let Err(again) = catch_cancel(shared.emptied()).await {
        shared.cancel_tasks();
        cancelled = Some(again);
    }
    shared.absorb(&mut cancelled).await;
    let errors = shared.errors.take();
    match (value, cancelled) {
        _ if !errors.is_empty() => Err(GroupError(errors)),
        (_, Some(why)) => resume_cancel(why).await,
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
            asked: Cell::new(false),
            empty: RefCell::default(),
        }))
    }

    /// Starts a task. In a group that fails already it never runs.
    ///
    /// # Panics
    /// If the group is over.
    pub fn spawn<T: 'static>(
        &self,
        future: impl Future<Output = Result<T, E>> + 'static,
    ) -> Started<T> {
        assert!(self.0.stage.get() != Stage::Over, "the group is over");
        let value = Rc::new(Cell::new(None));
        let (place, shared) = (value.clone(), self.0.clone());
        let handle = spawn(async move {
            match future.await {
                Ok(value) => place.set(Some(value)),
                Err(error) => shared.errors.borrow_mut().push(error),
            }
        });
        self.0.start(&handle);
        Started { task: handle.task(), value }
    }

    /// Asks all tasks to stop.
    pub fn cancel(&self) {
        self.0.tasks.borrow().iter().for_each(|task| _ = task.cancel());
    }
}

impl<E: From<JoinError> + 'static> Shared<E> {
    fn start(self: &Rc<Self>, handle: &JoinHandle<()>) {
        let (shared, task) = (self.clone(), handle.task());
        handle.promise().add_done_callback(move |promise| {
            let result = promise.result().expect("it is done");
            shared.ended(&task, result.unwrap_or(Ok(())));
        });
        self.tasks.borrow_mut().push(handle.task());
        if self.stage.get() == Stage::Failing {
            handle.cancel();
        }
    }

    /// A task has ended.
    fn ended(&self, task: &Rc<Task>, result: Result<(), JoinError>) {
        self.tasks.borrow_mut().retain(|it| !Rc::ptr_eq(it, task));
        let panic = result.err().filter(JoinError::is_panic);
        self.errors.borrow_mut().extend(panic.map(E::from));
        if !self.errors.borrow().is_empty() {
            self.fail();
        }
        let waiter = self.empty.borrow_mut().take_if(|_| self.tasks.borrow().is_empty());
        waiter.map(|promise| promise.set(()));
    }

    /// One failed: all are to stop.
    fn fail(&self) {
        match self.stage.get() {
            Stage::Body if !self.asked.replace(true) => {
                self.parent.cancel_with("a task of its group failed");
            }
            Stage::Leaving => self.cancel_tasks(),
            _ => {}
        }
    }

    /// The body is over.
    fn leave(&self, has_failed: bool) {
        self.stage.set(Stage::Leaving);
        if has_failed || !self.errors.borrow().is_empty() {
            self.cancel_tasks();
        }
    }

    fn cancel_tasks(&self) {
        if self.stage.replace(Stage::Failing) != Stage::Failing {
            self.tasks.borrow().iter().for_each(|task| _ = task.cancel());
        }
    }

    /// Waits until no task is left.
    async fn emptied(&self) {
        if !self.tasks.borrow().is_empty() {
            let promise = Promise::new("its group");
            self.empty.replace(Some(promise.clone()));
            let _ = promise.await;
        }
    }

    /// The group's own request to its parent has done its work. If it has not been thrown
    /// yet, it is now.
    async fn absorb(&self, cancelled: &mut Option<Cancelled>) {
        if !self.asked.get() {
            return;
        }
        if cancelled.is_none() {
            *cancelled = catch_cancel(yield_now()).await.err();
        }
        self.parent.uncancel();
    }
}

/// The end of a group, even if its parent is dropped in the middle.
struct Over<E>(Rc<Shared<E>>);

impl<E> Drop for Over<E> {
    fn drop(&mut self) {
        self.0.stage.set(Stage::Over);
        self.0.tasks.take().iter().for_each(|task| task.abort());
    }
}

impl<T> Started<T> {
    /// The task, to ask it to stop.
    #[must_use]
    pub fn task(&self) -> &Rc<Task> {
        &self.task
    }

    /// What it returned, once.
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
        write!(f, "{} of a group failed: {}", errors.len(), errors.join("; "))
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for GroupError<E> {}
