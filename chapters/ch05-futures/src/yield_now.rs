//! The smallest future that suspends: it gives way once.
//!
//! Invariant: it wakes its task itself, before it says `Pending`. Nobody else will.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use trace::On;

use crate::wakeup::waits_for;

/// Lets everyone who is ready go first, once.
pub fn yield_now() -> YieldNow {
    YieldNow { has_yielded: false }
}

/// Made by [`yield_now`].
#[derive(Debug)]
#[must_use = "a future does nothing until it is awaited"]
pub struct YieldNow {
    /// Whether it has given way.
    has_yielded: bool,
}

impl Future for YieldNow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.has_yielded, true) {
            return Poll::Ready(());
        }
        waits_for(On::Turn);
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
