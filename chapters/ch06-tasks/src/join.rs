//! The end of a task, for those who wait for it.
//!
//! Invariant: however a task ends, its handle hears of it. A panic that nobody asks for
//! is reported when the last who could ask is gone.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::poll_fn;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use trace::{How, On};

use crate::task::Body;
use crate::{Cancelled, EventLoop, Id, Promise, Task};

/// A task, and the promise of its result. Awaited it gives the value away; [`join`] gives
/// a clone to each of several. Dropped it leaves the task to itself.
///
/// [`join`]: Self::join
pub struct JoinHandle<T: 'static> {
    task: Rc<Task>,
    promise: Promise<Result<T, JoinError>>,
    unread: Rc<Unread>,
}

/// A panic that nobody has asked for yet, and where to report it.
struct Unread(RefCell<Option<JoinError>>, Weak<EventLoop>);

/// Why a task has no result.
#[derive(Clone, Debug)]
pub struct JoinError {
    id: Id,
    /// The task's name.
    name: Arc<str>,
    how: How,
    /// The request that it followed.
    why: Option<Cancelled>,
    /// Its panic, until somebody takes it.
    panic: Arc<Mutex<Option<Payload>>>,
}

/// What a panic carries.
pub(crate) type Payload = Box<dyn Any + Send>;

impl EventLoop {
    /// Takes on a future, and a place for its value.
    pub(crate) fn spawn<T: 'static>(
        &self,
        name: Option<&str>,
        future: impl Future<Output = T> + 'static,
    ) -> JoinHandle<T> {
        let value = Rc::new(Cell::new(None));
        let place = value.clone();
        let body = Body::Boxed(Box::pin(async move { place.set(Some(future.await)) }));
        let value = move || value.take().expect("a task that returned left its value");
        self.spawn_body(name, body, value)
    }

    /// Takes on a body; when it has returned, `value` finds what it came to.
    pub(crate) fn spawn_body<T: 'static>(
        &self,
        name: Option<&str>,
        body: Body,
        value: impl FnOnce() -> T + 'static,
    ) -> JoinHandle<T> {
        let promise = Promise::on(On::Nothing, self);
        let unread = Rc::new(Unread(RefCell::new(None), self.this.clone()));
        let (set, read) = (promise.clone(), unread.clone());
        let complete = move |end: Result<(), JoinError>| {
            read.0.replace(end.as_ref().err().filter(|error| error.is_panic()).cloned());
            let _ = set.set(end.map(|()| value()));
        };
        JoinHandle { task: self.add(name, body, Box::new(complete)), promise, unread }
    }
}

impl<T> JoinHandle<T> {
    /// The task, to keep.
    pub fn task(&self) -> Rc<Task> {
        self.task.clone()
    }

    /// The promise of the result: to add callbacks, or to give up on it (not the task).
    pub fn promise(&self) -> &Promise<Result<T, JoinError>> {
        &self.promise
    }

    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let on = On::Task(self.name().as_ref().to_owned());
        self.promise.poll_done(cx, on, Some(self.task.clone()))
    }

    /// What is handed out has been asked for.
    fn read(
        &self,
        result: Result<Result<T, JoinError>, Cancelled>,
    ) -> Result<T, JoinError> {
        self.unread.0.take();
        result.unwrap_or_else(|why| Err(JoinError::cancelled(&self.task, why)))
    }
}

impl<T: Clone> JoinHandle<T> {
    /// What the task came to; none while it goes on.
    pub fn result(&self) -> Option<Result<T, JoinError>> {
        self.promise.result().map(|result| self.read(result))
    }

    /// Waits for the end, beside others who do.
    ///
    /// # Errors
    /// The task has no result.
    pub async fn join(&self) -> Result<T, JoinError> {
        let (task, unread) = (self.task.clone(), self.unread.clone());
        let mut own = JoinHandle { task, promise: self.promise.clone(), unread };
        poll_fn(|cx| own.poll_end(cx)).await;
        self.result().expect("it has ended")
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let end = self.poll_end(cx);
        let result = end.map(|()| self.promise.take().expect("it was given away"));
        result.map(|result| self.read(result))
    }
}

impl<T> Deref for JoinHandle<T> {
    type Target = Task;

    fn deref(&self) -> &Task {
        &self.task
    }
}

impl JoinError {
    pub(crate) fn cancelled(task: &Task, why: Cancelled) -> Self {
        Self::new(task, How::Cancelled, Some(why), None)
    }

    pub(crate) fn aborted(task: &Task) -> Self {
        Self::new(task, How::Closed, None, None)
    }

    pub(crate) fn panicked(task: &Task, panic: Payload) -> Self {
        Self::new(task, How::Panicked(message(&*panic)), None, Some(panic))
    }

    fn new(
        task: &Task,
        how: How,
        why: Option<Cancelled>,
        panic: Option<Payload>,
    ) -> Self {
        let (name, panic) = (task.name().as_ref().into(), Arc::new(Mutex::new(panic)));
        JoinError { id: task.id, name, how, why, panic }
    }

    /// Whose end it was.
    pub fn id(&self) -> Id {
        self.id
    }

    /// Whether the task was cancelled or aborted.
    pub fn is_cancelled(&self) -> bool {
        !self.is_panic()
    }

    /// Whether the task panicked.
    pub fn is_panic(&self) -> bool {
        matches!(self.how, How::Panicked(_))
    }

    /// The request that the task followed, if it was cancelled.
    pub fn why(&self) -> Option<&Cancelled> {
        self.why.as_ref()
    }

    /// The panic, to go on with. The first who asks gets it.
    ///
    /// # Errors
    /// There was none, or somebody has it.
    pub fn try_into_panic(self) -> Result<Payload, Self> {
        let panic = self.panic.lock().unwrap_or_else(PoisonError::into_inner).take();
        panic.ok_or(self)
    }

    /// In the trace's words.
    pub(crate) fn how(&self) -> How {
        self.how.clone()
    }
}

/// Runs what isn't ours, and survives its panic: nothing of ours is half-done by it.
pub(crate) fn caught<R>(act: impl FnOnce() -> R) -> Result<R, Payload> {
    catch_unwind(AssertUnwindSafe(act))
}

/// What a panic says, if it says anything.
pub(crate) fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref().cloned()).unwrap_or_default()
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.how, &self.why) {
            (How::Panicked(message), _) => write!(f, "{} panicked: {message}", self.name),
            (_, Some(why)) => write!(f, "{} was {why}", self.name),
            _ => write!(f, "{} was aborted", self.name),
        }
    }
}

impl std::error::Error for JoinError {}

impl Drop for Unread {
    fn drop(&mut self) {
        if let (Some(error), Some(event_loop)) = (self.0.take(), self.1.upgrade()) {
            event_loop.report(&format!("nobody asked what became of a task: {error}"));
        }
    }
}
