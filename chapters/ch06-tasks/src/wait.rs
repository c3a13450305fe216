//! How a turn begins: the loop finds out what came (messages, descriptors, timers), and
//! waits for it if nothing is ready.
//!
//! Invariant: it sleeps only if somebody can wake it, and never past the first deadline.

use std::rc::Rc;
use std::time::Duration;

use trace::{Came, On};

use crate::{EventLoop, Ready, Task};

/// The longest sleep in one piece; poll(2) doesn't take much more.
const DAY: Duration = Duration::from_hours(24);

/// What a loop could do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Something is ready.
    Now,
    /// Nothing before this time on its clock, but for a descriptor or another thread.
    At(Duration),
    /// Nothing before a descriptor is ready or another thread calls.
    Event,
    /// Nothing by itself: each task has ended, or waits for what only this thread could
    /// do, and the loop has this thread.
    Never,
}

impl EventLoop {
    /// What could be done next.
    pub(crate) fn next(&self) -> Next {
        let deadline = self.timers.borrow().deadline();
        match deadline {
            _ if !self.ready.borrow().is_empty() => Next::Now,
            Some(deadline) if deadline <= self.clock.now() => Next::Now,
            Some(deadline) => Next::At(deadline),
            None if self.is_awaited() => Next::Event,
            None => Next::Never,
        }
    }

    /// Whether anybody outside can make something ready: a descriptor, a [`Remote`], or a
    /// waker that was handed out. Promises keep no wakers of this loop's own tasks, so
    /// one that is held may be in another thread, and on the real clock the loop waits
    /// for it. On the virtual clock a thread that will call is expected to say so.
    ///
    /// [`Remote`]: crate::Remote
    fn is_awaited(&self) -> bool {
        // First what costs nothing to ask. And a waker sends its message before it lets go
        // of the task's: asked the other way round, both could say no.
        let is_held = || self.tasks.borrow().values().any(|task| task.is_held());
        let somebody_may = || !self.clock.is_virtual() && is_held();
        self.reactor.watched() > 0 || somebody_may() || self.inbox.expects()
    }

    /// Finds out what came, after a wait if nothing is ready, and queues it.
    pub(crate) fn look(&self, may_wait: bool) {
        let waits = may_wait && !matches!(self.next(), Next::Now | Next::Never);
        if waits {
            let timers = self.timers.borrow();
            let timeout = timers.deadline().map(|it| it.saturating_sub(self.clock.now()));
            self.observer.waiting(timeout, timers.len(), self.reactor.watched());
        }
        let mut came = if waits { Vec::new() } else { self.gather(Duration::ZERO) };
        while waits && came.is_empty() && self.next() != Next::Never {
            came = self.sleep();
        }
        if waits || !came.is_empty() {
            self.observer.ready(came);
        }
    }

    /// Waits until something comes, or some time. If nothing did, virtual time jumps to
    /// the next timer, unless another thread still has something to say.
    fn sleep(&self) -> Vec<Came> {
        let stands_still = self.clock.is_virtual() && self.inbox.expects();
        let deadline = self.timers.borrow().deadline().filter(|_| !stands_still);
        let timeout = match self.reactor.watched() {
            0 => self.clock.timeout(deadline),
            _ => self.clock.timeout_with_grace(deadline),
        };
        let timeout = timeout.unwrap_or(DAY).min(DAY);
        let can_sleep = self.inbox.fall_asleep();
        let came = self.gather(if can_sleep { timeout } else { Duration::ZERO });
        if let Some(deadline) = deadline.filter(|_| can_sleep && came.is_empty()) {
            self.clock.jump_to(deadline);
        }
        came
    }

    /// Queues what came: messages, then descriptors, then timers that are due.
    fn gather(&self, timeout: Duration) -> Vec<Came> {
        let (ready, mut came) = (self.reactor.poll(timeout), Vec::new());
        for message in self.inbox.take().into_iter().flatten() {
            let from = "another thread";
            came.push(Came::Message(from.to_owned()));
            self.call_soon(self.acting_as(from), message);
        }
        for (event, source, callbacks) in ready {
            came.push(event);
            for callback in callbacks {
                self.call_soon(self.acting_as(&source), callback);
            }
        }
        let now = self.clock.now();
        while let Some(timer) = { self.timers.borrow_mut().pop_due(now) } {
            came.push(Came::Timer(timer.0.owner.as_ref().to_owned()));
            self.push(Ready::Call(timer));
        }
        came
    }

    /// Who waits for what, when nobody can go on.
    pub(crate) fn deadlock(&self) -> String {
        let tasks = self.tasks.borrow();
        let wait = |task: &Rc<Task>| match &task.wait.borrow().on {
            Some(On::Task(on) | On::Future(on)) => {
                format!("{} waits for {on}", task.name())
            }
            _ => format!("nobody will wake {}", task.name()),
        };
        format!("deadlock: {}", tasks.values().map(wait).collect::<Vec<_>>().join(", "))
    }
}
