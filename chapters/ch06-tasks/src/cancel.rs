//! Two ways to stop a task. *Abort*: the loop drops its future; only destructors run.
//! *Cancel*: a request, thrown where the task is suspended; there it can be caught,
//! cleaned up after with awaits, or refused.
//!
//! Rust has no exceptions, but a future can be dropped where it stands. So a throw drops
//! the future of the innermost [`catch_cancel`], which returns `Err(Cancelled)`; with
//! none around, the loop drops the task. `catch_unwind` and `resume_unwind` do the same
//! for panics, and lent their names.
//!
//! Invariant: a request is thrown once, and only into a task that is suspended.

use std::cell::{Cell, RefCell};
use std::convert::Infallible;
use std::fmt;
use std::future::{pending, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Poll, Waker};

use crate::promise::Awaited;
use crate::{State, Task, current_task};

/// Somebody asked the task to stop, and perhaps said why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cancelled(pub Option<Arc<str>>);

/// What a task knows about requests to stop it.
#[derive(Default)]
pub(crate) struct CancelState {
    /// To be thrown when the task is next resumed.
    requested: RefCell<Option<Cancelled>>,
    /// Passed on to what the task awaits: if that ends cancelled, so does the await.
    passed: RefCell<Option<(Cancelled, Rc<dyn Awaited>)>>,
    /// On its way to the innermost scope, while the task runs.
    thrown: RefCell<Option<Cancelled>>,
    /// The running [`catch_cancel`]s by number, the innermost last; and how each wakes, if
    /// not by the task's own waker.
    scopes: RefCell<Vec<(u64, Option<Waker>)>>,
    /// How many requests are open.
    count: Cell<u32>,
    /// To be dropped by the loop.
    pub(crate) aborted: Cell<bool>,
}

impl Task {
    /// Asks the task to stop: in its next turn [`Cancelled`] is thrown where it is
    /// suspended. What it awaits, if that is a task or a promise, is asked first. A task
    /// that has not begun never will. False: it has ended.
    pub fn cancel(&self) -> bool {
        Awaited::cancel(self, &Cancelled::default())
    }

    /// As [`cancel`](Self::cancel), and says why.
    pub fn cancel_with(&self, message: &str) -> bool {
        Awaited::cancel(self, &Cancelled(Some(message.into())))
    }

    /// Has the loop drop the task in its next turn. It can't refuse, nor clean up but in
    /// destructors; what it awaits goes on.
    pub fn abort(&self) {
        self.cancel.aborted.set(true);
        self.wake();
    }

    /// How many requests to stop are open.
    pub fn cancelling(&self) -> u32 {
        self.cancel.count.get()
    }

    /// Closes a request that has done its work, as a time-out does with its own. Returns
    /// how many are still open.
    pub fn uncancel(&self) -> u32 {
        self.cancel.count.update(|n| n.saturating_sub(1));
        self.cancel.count.get()
    }

    /// A request becomes a throw, now that the task is resumed. Whether there is one.
    pub(crate) fn throw(&self) -> bool {
        let is_done = |it: &mut (_, Rc<dyn Awaited>)| it.1.state() != State::Pending;
        let passed = self.cancel.passed.borrow_mut().take_if(is_done);
        let passed = passed.filter(|(_, awaited)| awaited.state() == State::Cancelled);
        let new = self.requested().or(passed.map(|(cancelled, _)| cancelled));
        // One may be left, if the innermost scope was not polled.
        let thrown = new.or(self.cancel.thrown.take());
        self.cancel.thrown.replace(thrown);
        self.cancel.thrown.borrow().is_some()
    }

    /// A request that was not thrown, because the task ends before.
    pub(crate) fn requested(&self) -> Option<Cancelled> {
        self.cancel.requested.take()
    }

    /// What was thrown and no scope is there to catch.
    pub(crate) fn uncaught(&self) -> Option<Cancelled> {
        let is_caught = !self.cancel.scopes.borrow().is_empty();
        if is_caught { None } else { self.cancel.thrown.take() }
    }

    /// Wakes the innermost scope first: a combinator around it polls only what was woken.
    fn wake(&self) {
        let scope = self.cancel.scopes.borrow().last().and_then(|(_, it)| it.clone());
        if let Some(event_loop) = self.event_loop.upgrade() {
            event_loop.enter(|| scope.into_iter().for_each(Waker::wake));
            event_loop.wake(self.id);
        }
    }
}

impl Awaited for Task {
    fn cancel(&self, why: &Cancelled) -> bool {
        if self.is_finished() {
            return false;
        }
        self.cancel.count.update(|n| n + 1);
        // Taken out meanwhile, or tasks that await each other would ask for ever.
        let awaited = self.wait.borrow_mut().awaited.take();
        if let Some(awaited) = awaited.filter(|awaited| awaited.cancel(why)) {
            self.wait.borrow_mut().awaited = Some(awaited.clone());
            self.cancel.passed.replace(Some((why.clone(), awaited)));
        } else {
            self.cancel.requested.replace(Some(why.clone()));
            self.wake();
        }
        true
    }

    fn state(&self) -> State {
        self.state.get()
    }
}

/// Runs `future`. A cancel that comes while the task is suspended in it drops it there,
/// and is returned; the task goes on as if nobody had asked.
///
/// # Errors
/// The request, if one came.
pub async fn catch_cancel<F: Future>(future: F) -> Result<F::Output, Cancelled> {
    let scope = Scope::enter();
    let mut future = pin!(future);
    let caught = poll_fn(|cx| {
        if let Some(cancelled) = scope.catch(cx.waker()) {
            return Poll::Ready(Err(cancelled));
        }
        match future.as_mut().poll(cx) {
            Poll::Ready(value) => Poll::Ready(Ok(value)),
            Poll::Pending => {
                scope.catch(cx.waker()).map_or(Poll::Pending, |c| Poll::Ready(Err(c)))
            }
        }
    });
    caught.await
}

/// Throws `cancelled` from here, to the next [`catch_cancel`] outside: what a task does
/// when it has cleaned up. It costs no turn.
pub async fn resume_cancel(cancelled: Cancelled) -> ! {
    let task = current_task().expect("a cancel is thrown inside a task");
    task.cancel.thrown.replace(Some(cancelled));
    match pending::<Infallible>().await {}
}

/// A running [`catch_cancel`]: in which task, and its number there.
struct Scope(Rc<Task>, u64);

impl Scope {
    fn enter() -> Self {
        let task = current_task().expect("a cancel is caught inside a task");
        let number = task.cancel.scopes.borrow().last().map_or(0, |(last, _)| last + 1);
        task.cancel.scopes.borrow_mut().push((number, None));
        Scope(task, number)
    }

    /// What was thrown, if this is the innermost scope; which it wakes by `waker`.
    fn catch(&self, waker: &Waker) -> Option<Cancelled> {
        let mut scopes = self.0.cancel.scopes.borrow_mut();
        let own = scopes.iter_mut().find(|(number, _)| *number == self.1)?;
        own.1 = (!self.0.is_own(waker)).then(|| waker.clone());
        let is_innermost = scopes.last()?.0 == self.1;
        if is_innermost { self.0.cancel.thrown.take() } else { None }
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        self.0.cancel.scopes.borrow_mut().retain(|(number, _)| *number != self.1);
    }
}

impl fmt::Display for Cancelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = self.0.as_ref().map_or(String::new(), |why| format!(": {why}"));
        write!(f, "cancelled{why}")
    }
}

impl std::error::Error for Cancelled {}
