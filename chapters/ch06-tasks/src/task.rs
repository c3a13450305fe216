//! A task: a future that the loop polls, its name, and what the loop keeps about it.
//!
//! Invariant: whoever holds a task can ask for things (its name, a cancel); only the loop
//! polls its future, or drops it.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::task::{Context, Poll};

use trace::On;

use crate::cancel::CancelState;
use crate::local::Locals;
use crate::promise::Awaited;
use crate::wake::TaskWaker;
use crate::{EventLoop, JoinError, State};

/// A task's number: unique in its runtime, and never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub(crate) u64);

/// A future that the loop takes through its life. Made by [`spawn`](crate::spawn).
pub struct Task {
    pub(crate) id: Id,
    /// As it appears in a trace.
    pub(crate) name: RefCell<Rc<str>>,
    /// The loop that owns it, unless that is gone.
    pub(crate) event_loop: Weak<EventLoop>,
    /// Queues it. Each poll gets a clone.
    pub(crate) waker: Arc<TaskWaker>,
    /// What is polled.
    pub(crate) body: RefCell<Body>,
    /// Called at the end: tells who awaits it.
    pub(crate) complete: Cell<Option<Complete>>,
    /// Whether it stands in the ready queue. A second wake changes nothing.
    pub(crate) queued: Cell<bool>,
    pub(crate) state: Cell<State>,
    /// What it waits for, as the leaf future said that suspended it last.
    pub(crate) wait: RefCell<Wait>,
    /// Its task-local values, while it doesn't run.
    pub(crate) locals: RefCell<Locals>,
    /// Who asked it to stop, and what became of that.
    pub(crate) cancel: CancelState,
}

pub(crate) type Complete = Box<dyn FnOnce(Result<(), JoinError>)>;

/// The future of `block_on`: it stays on its caller's stack, and visits each turn.
pub(crate) type Main<'a> = Pin<&'a mut dyn Future<Output = ()>>;

/// Where a task's future is. Its value has a place of its own, hence the `()`.
pub(crate) enum Body {
    /// With the task.
    Boxed(Pin<Box<dyn Future<Output = ()>>>),
    /// With `block_on`.
    Main,
    /// Being polled, or dropped.
    Gone,
}

/// What a suspended task waits for: in the trace's words, and to be cancelled with it.
#[derive(Default)]
pub(crate) struct Wait {
    pub(crate) on: Option<On>,
    pub(crate) awaited: Option<Rc<dyn Awaited>>,
}

impl Task {
    /// Its number.
    pub fn id(&self) -> Id {
        self.id
    }

    /// Its name: `Task-1`, `Task-2`, ... if it was given none.
    pub fn name(&self) -> Rc<str> {
        self.name.borrow().clone()
    }

    /// Gives it another name.
    pub fn set_name(&self, name: &str) {
        self.name.replace(name.into());
    }

    /// Whether it ended, in whatever way.
    pub fn is_finished(&self) -> bool {
        self.state.get() != State::Pending
    }

    /// From where the task is suspended to its next suspension, or to its end. A throw
    /// that nobody catches ends it: at once, or where its own code throws.
    pub(crate) fn resume(&self, body: &mut Body, main: &mut Option<Main<'_>>) -> Step {
        if let Some(cancelled) = self.uncaught() {
            return Poll::Ready(Err(JoinError::cancelled(self, cancelled)));
        }
        let waker = self.waker.clone().into();
        let cx = &mut Context::from_waker(&waker);
        let poll = match (body, main) {
            (Body::Boxed(future), _) => future.as_mut().poll(cx),
            (Body::Main, Some(future)) => future.as_mut().poll(cx),
            _ => unreachable!("a task is polled by its loop alone"),
        };
        let thrown = if poll.is_ready() { self.requested() } else { self.uncaught() };
        match thrown {
            Some(cancelled) => Poll::Ready(Err(JoinError::cancelled(self, cancelled))),
            None if poll.is_pending() && self.cancel.aborted.get() => {
                Poll::Ready(Err(JoinError::aborted(self)))
            }
            None => poll.map(Ok),
        }
    }
}

/// What a resumption comes to.
pub(crate) type Step = Poll<Result<(), JoinError>>;

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
