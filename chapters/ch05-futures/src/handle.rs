//! What a future needs of its loop: the clock, and the two queues in which it can wait.
//!
//! Invariant: no borrow of a queue outlives a call here, so a future that is woken may
//! come back to the same queue.

use std::cell::RefCell;
use std::fmt;
use std::io;
use std::rc::Rc;
use std::time::Duration;

use trace::Clock;

use crate::wakeup::Wakeup;
use crate::{Interest, Poller, Reactor, Ready, Sleep, Source, Timers};

/// A handle to a loop. Clones are of the same loop.
#[derive(Clone)]
pub struct Handle(Rc<Shared>);

/// What loop and futures share.
struct Shared {
    /// Tells what time it is, and waits.
    clock: Clock,
    /// Who sleeps, by the time at which they want to be woken.
    timers: RefCell<Timers<Rc<Wakeup>>>,
    /// Who waits for a descriptor.
    reactor: RefCell<Reactor<Rc<Wakeup>>>,
}

impl Handle {
    pub(crate) fn new(clock: &Clock, poller: Box<dyn Poller>) -> Self {
        Handle(Rc::new(Shared {
            clock: clock.clone(),
            timers: RefCell::default(),
            reactor: RefCell::new(Reactor::new(poller)),
        }))
    }

    /// The loop's clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Sleeps for `duration` from now. A time beyond what the clock can show is its end.
    pub fn sleep(&self, duration: Duration) -> Sleep {
        self.sleep_until(self.clock().now().saturating_add(duration))
    }

    /// Sleeps until the clock shows `deadline`; if it does already, until the next turn.
    pub fn sleep_until(&self, deadline: Duration) -> Sleep {
        Sleep::new(self.clone(), deadline)
    }

    /// Waits until `source` is ready.
    pub fn ready(&self, source: &Source, interest: Interest) -> Ready {
        Ready::new(self.clone(), source.clone(), interest)
    }

    pub(crate) fn set_timer(&self, deadline: Duration, wakeup: Rc<Wakeup>) {
        self.0.timers.borrow_mut().push(deadline, wakeup);
    }

    pub(crate) fn wait_for(
        &self,
        source: &Source,
        interest: Interest,
        wakeup: Rc<Wakeup>,
    ) -> io::Result<()> {
        self.0.reactor.borrow_mut().wait_for(source, interest, wakeup)
    }

    pub(crate) fn timers(&self) -> std::cell::RefMut<'_, Timers<Rc<Wakeup>>> {
        self.0.timers.borrow_mut()
    }

    pub(crate) fn reactor(&self) -> std::cell::RefMut<'_, Reactor<Rc<Wakeup>>> {
        self.0.reactor.borrow_mut()
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").finish_non_exhaustive()
    }
}
