//! The one clock of a program: virtual (time is a number that the loop moves) or real.
//!
//! Invariant: nobody else reads the machine's clock or sleeps. So under the virtual
//! clock a program that waits for an hour takes no time, and always the same hour.
//!
//! It doesn't decide when to wait, or for what. That is the loop's job.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// A monotonic clock that starts at zero. Clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock(Rc<Source>);

/// Where the time comes from.
#[derive(Debug)]
enum Source {
    /// A number. It moves when somebody waits or works, and never by itself.
    Virtual(Cell<Duration>),
    /// The machine's monotonic clock, counted from this moment.
    Real(Instant),
}

impl Clock {
    /// A clock that stands still until somebody waits; then it jumps.
    #[must_use]
    pub fn virtual_time() -> Self {
        Clock(Rc::new(Source::Virtual(Cell::new(Duration::ZERO))))
    }

    /// The machine's monotonic clock. It can't be set back, unlike the time of day.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the clock that others ask")]
    pub fn real_time() -> Self {
        Clock(Rc::new(Source::Real(Instant::now())))
    }

    /// Time since the clock was made.
    #[must_use]
    pub fn now(&self) -> Duration {
        match &*self.0 {
            Source::Virtual(now) => now.get(),
            Source::Real(start) => start.elapsed(),
        }
    }

    /// Returns at `deadline` (time since the clock was made), or at once when it has
    /// passed. A virtual clock jumps there; the real one blocks the thread.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the sleep that others ask for"
    )]
    pub fn sleep_until(&self, deadline: Duration) {
        match &*self.0 {
            Source::Virtual(now) => now.set(now.get().max(deadline)),
            Source::Real(_) => std::thread::sleep(deadline.saturating_sub(self.now())),
        }
    }

    /// How long a call that waits for descriptors may block, if it is to return by
    /// `deadline` (`None`: for as long as it takes). On a virtual clock it may only look:
    /// whatever is to come by then is there already, or never comes.
    #[must_use]
    pub fn timeout(&self, deadline: Option<Duration>) -> Option<Duration> {
        match &*self.0 {
            Source::Virtual(_) => deadline.map(|_| Duration::ZERO),
            Source::Real(_) => deadline.map(|it| it.saturating_sub(self.now())),
        }
    }

    /// As [`Clock::timeout`], for a call that waits for the network. What was sent over
    /// loopback may be under way for a moment: before virtual time moves it is given a
    /// millisecond of real time to arrive. If `deadline` has come the call may only look.
    #[must_use]
    pub fn timeout_with_grace(&self, deadline: Option<Duration>) -> Option<Duration> {
        let grace = deadline.filter(|it| self.is_virtual() && *it > self.now());
        grace.map(|_| Duration::from_millis(1)).or_else(|| self.timeout(deadline))
    }

    /// For a loop whose call has found nothing: a virtual clock jumps to `deadline`. A
    /// real one doesn't need to: the call has taken that time, or a signal ended it.
    pub fn jump_to(&self, deadline: Duration) {
        if self.is_virtual() {
            self.sleep_until(deadline);
        }
    }

    /// Spends `time` on work that doesn't give way: a computation, a blocking call, a
    /// chess player who thinks. Nothing else on this thread runs meanwhile.
    pub fn work(&self, time: Duration) {
        self.sleep_until(self.now().saturating_add(time));
    }

    /// Whether time is virtual.
    #[must_use]
    pub fn is_virtual(&self) -> bool {
        matches!(&*self.0, Source::Virtual(_))
    }
}
