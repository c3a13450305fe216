//! Plain functions that the loop calls: soon, later, or at a given time. A due timer and
//! a ready descriptor are such calls too, so one queue holds all there is to run.
//!
//! Invariant: a callback is called at most once, and after a cancel never.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;

use crate::event_loop::Acting;
use crate::timers::Key;
use crate::{EventLoop, Ready, now};

/// A call that was asked for. Dropping this changes nothing.
#[derive(Clone)]
pub struct Handle(pub(crate) Rc<Call>);

/// A function to be called once.
pub(crate) type Callback = Box<dyn FnOnce()>;

pub(crate) struct Call {
    /// Gone when it was called or cancelled.
    callback: RefCell<Option<Callback>>,
    /// Who asked: a timer is named after them.
    pub(crate) owner: Rc<str>,
    /// Whom it acts as: a callback, a timer, a source; with the locals of who asked.
    pub(crate) acts_as: Acting,
    /// Its place among the timers.
    key: Cell<Option<Key>>,
    event_loop: Weak<EventLoop>,
}

impl EventLoop {
    fn handle(&self, acts_as: Acting, callback: Callback) -> Handle {
        Handle(Rc::new(Call {
            callback: RefCell::new(Some(callback)),
            owner: self.acting.borrow().name.clone(),
            acts_as,
            key: Cell::new(None),
            event_loop: self.this.clone(),
        }))
    }

    pub(crate) fn call_soon(&self, acts_as: Acting, callback: Callback) -> Handle {
        let handle = self.handle(acts_as, callback);
        self.push(Ready::Call(handle.clone()));
        handle
    }
}

impl Handle {
    /// Makes sure that it is not called any more. A timer is gone at once; what is in the
    /// ready queue already is skipped.
    pub fn cancel(&self) {
        drop(self.take());
        let timer = self.0.key.take().zip(self.0.event_loop.upgrade());
        drop(timer.map(|(key, event_loop)| event_loop.timers.borrow_mut().remove(key)));
    }

    /// Hands the function out, once.
    pub(crate) fn take(&self) -> Option<Callback> {
        self.0.callback.take()
    }
}

/// Calls `callback` in the loop's next turn, behind what is ready.
pub fn call_soon(callback: impl FnOnce() + 'static) -> Handle {
    let event_loop = EventLoop::current();
    event_loop.call_soon(event_loop.acting_as("callback"), Box::new(callback))
}

/// Calls `callback` when `delay` has passed.
pub fn call_later(delay: Duration, callback: impl FnOnce() + 'static) -> Handle {
    call_at(now().saturating_add(delay), callback)
}

/// Calls `callback` at `deadline`; in the next turn, when that has passed.
pub fn call_at(deadline: Duration, callback: impl FnOnce() + 'static) -> Handle {
    let event_loop = EventLoop::current();
    let handle = event_loop.handle(event_loop.acting_as("timer"), Box::new(callback));
    let key = event_loop.timers.borrow_mut().push(deadline, handle.clone());
    handle.0.key.set(Some(key));
    handle
}
