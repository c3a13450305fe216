//! The end of a task, for those who wait for it.
//!
//! Invariant: however a task ends, its handle hears of it. A panic that nobody asks for
//! is reported when the last who could ask is gone.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::poll_fn;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use trace::{How, On};

use crate::task::Wait;
use crate::{Cancelled, EventLoop, Promise, Task};

/// A task, and the promise of its result. Awaited it gives the value away; [`join`] gives
/// a clone to each of several. Dropped it leaves the task to itself.
///
/// [`join`]: Self::join
pub struct JoinHandle<T: 'static> {
    task: Rc<Task>,
    promise: Promise<Outcome<T>>,
    unread: Rc<Unread>,
}

/// A panic that nobody has asked for yet, and where to report it.
struct Unread(RefCell<Option<JoinError>>, Weak<EventLoop>);

/// Why a task has no result.
#[derive(Clone, Debug)]
pub struct JoinError {
    /// The task's name.
    name: Arc<str>,
    /// In the trace's words.
    pub(crate) how: How,
    /// The request that it followed.
    why: Option<Cancelled>,
    /// Its panic, until somebody takes it.
    panic: Arc<Mutex<Option<Payload>>>,
}

/// What a task comes to.
pub type Outcome<T> = Result<T, JoinError>;

/// What a panic carries.
pub(crate) type Payload = Box<dyn Any + Send>;

impl EventLoop {
    /// Takes on a future, with a place for its value: a task can't say what type that is.
    pub(crate) fn spawn<T: 'static>(
        &self,
        name: Option<&str>,
        future: impl Future<Output = T> + 'static,
    ) -> JoinHandle<T> {
        let value = Rc::new(Cell::new(None));
        let place = value.clone();
        let body = Box::pin(async move { place.set(Some(future.await)) });
        let promise = Promise::on(On::Nothing, self);
        let unread = Rc::new(Unread(RefCell::new(None), self.this.clone()));
        let (set, read) = (promise.clone(), unread.clone());
        let complete = move |end: Outcome<()>| {
            read.0.replace(end.as_ref().err().filter(|error| error.is_panic()).cloned());
            let value = || value.take().expect("a task that returned left its value");
            let _ = set.set(end.map(|()| value()));
        };
        JoinHandle {
            task: self.add(name, Some(body), Box::new(complete)),
            promise,
            unread,
        }
    }
}

impl<T> JoinHandle<T> {
    /// The task, to keep.
    pub fn task(&self) -> Rc<Task> {
        self.task.clone()
    }

    /// The promise of the result: to add callbacks, or to give up on it (not the task).
    pub fn promise(&self) -> &Promise<Outcome<T>> {
        &self.promise
    }

    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let on = Some(On::Task(self.name().as_ref().to_owned()));
        self.promise.poll_done(cx, Wait { on, awaited: Some(self.task.clone()) })
    }

    /// What is handed out has been asked for.
    fn read(&self, result: Result<Outcome<T>, Cancelled>) -> Outcome<T> {
        self.unread.0.take();
        result.unwrap_or_else(|why| Err(JoinError::cancelled(&self.task, why)))
    }
}

impl<T: Clone> JoinHandle<T> {
    /// What the task came to; none while it goes on.
    pub fn result(&self) -> Option<Outcome<T>> {
        self.promise.result().map(|result| self.read(result))
    }

    /// Waits for the end, beside others who do.
    ///
    /// # Errors
    /// The task has no result.
    pub async fn join(&self) -> Outcome<T> {
        let (task, unread) = (self.task.clone(), self.unread.clone());
        let mut own = JoinHandle { task, promise: self.promise.clone(), unread };
        poll_fn(|cx| own.poll_end(cx)).await;
        self.result().expect("it has ended")
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Outcome<T>;

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
        JoinError { why: Some(why), ..Self::new(task, How::Cancelled) }
    }

    pub(crate) fn panicked(task: &Task, panic: Payload) -> Self {
        let how = How::Panicked(message(&*panic));
        JoinError { panic: Arc::new(Mutex::new(Some(panic))), ..Self::new(task, how) }
    }

    pub(crate) fn new(task: &Task, how: How) -> Self {
        let name = task.name().as_ref().into();
        JoinError { name, how, why: None, panic: Arc::default() }
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
}

/// Runs what isn't ours, and survives its panic: nothing of ours is half-done by it.
pub(crate) fn caught<R>(act: impl FnOnce() -> R) -> Result<R, Payload> {
    catch_unwind(AssertUnwindSafe(act))
}

/// Runs `act` and then `after`, which is run also if the first panics.
pub(crate) fn finally<R>(act: impl FnOnce() -> R, after: impl FnOnce()) -> R {
    let result = caught(act);
    after();
    result.unwrap_or_else(|panic| resume_unwind(panic))
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
