//! The future that waits for time.
//!
//! Invariant: it is ready when the loop has found it due, however often it is polled
//! before.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use trace::On;

use crate::Handle;
use crate::wakeup::{Wakeup, waits_for};

/// Made by [`Handle::sleep`].
#[derive(Debug)]
#[must_use = "a future does nothing until it is awaited"]
pub struct Sleep {
    /// Whose timers to wait among.
    handle: Handle,
    /// Time on the loop's clock.
    until: Duration,
    /// Its entry among the timers, from the first poll on.
    wakeup: Option<Rc<Wakeup>>,
}

impl Sleep {
    pub(crate) fn new(handle: Handle, until: Duration) -> Self {
        Sleep { handle, until, wakeup: None }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        waits_for(On::timer(self.until));
        match &self.wakeup {
            Some(wakeup) if wakeup.has_come(context.waker()) => Poll::Ready(()),
            Some(_) => Poll::Pending,
            None => {
                let wakeup = Wakeup::new(context.waker());
                self.handle.set_timer(self.until, wakeup.clone());
                self.wakeup = Some(wakeup);
                Poll::Pending
            }
        }
    }
}
