//! A task: a future that the loop polls, its name, and what the loop keeps about it.
//!
//! Invariant: whoever holds a task can ask for things (its name, a cancel); only the loop
//! polls its future, or drops it.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use trace::{How, On};

use crate::cancel::CancelState;
use crate::join::Outcome;
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

pub(crate) type Complete = Box<dyn FnOnce(Outcome<()>)>;

/// The future of `block_on`: it stays on its caller's stack, and visits each turn.
pub(crate) type Main<'a> = Pin<&'a mut dyn Future<Output = ()>>;

/// A task's future, unless it is with `block_on`, being polled, or dropped. Its value has
/// a place of its own, hence the `()`.
pub(crate) type Body = Option<Pin<Box<dyn Future<Output = ()>>>>;

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

    /// Whether `waker` is its own, and not one that a combinator made around it.
    pub(crate) fn is_own(&self, waker: &Waker) -> bool {
        std::ptr::eq(waker.data(), Arc::as_ptr(&self.waker).cast())
    }

    /// Whether somebody has its waker. Promises don't: they keep its number.
    pub(crate) fn is_held(&self) -> bool {
        Arc::strong_count(&self.waker) > 1
    }

    /// Why the loop drops it and doesn't resume it, if that is so.
    pub(crate) fn stopped(&self) -> Option<JoinError> {
        match self.cancel.aborted.get() {
            true => Some(JoinError::new(self, How::Closed)),
            false => self.uncaught().map(|why| JoinError::cancelled(self, why)),
        }
    }

    /// From where the task is suspended to its next suspension, or to its end: also the
    /// one that its own code brings about.
    pub(crate) fn resume(&self, body: &mut Body, main: &mut Option<Main<'_>>) -> Step {
        let waker = self.waker.clone().into();
        let cx = &mut Context::from_waker(&waker);
        let poll = match (body, main) {
            (Some(future), _) => future.as_mut().poll(cx),
            (None, Some(future)) => future.as_mut().poll(cx),
            (None, None) => unreachable!("a task is polled by its loop alone"),
        };
        let stopped = match poll {
            Poll::Ready(()) => {
                self.requested().map(|why| JoinError::cancelled(self, why))
            }
            Poll::Pending => self.stopped(),
        };
        stopped.map_or(poll.map(Ok), |error| Poll::Ready(Err(error)))
    }
}

/// What a resumption comes to.
pub(crate) type Step = Poll<Outcome<()>>;
