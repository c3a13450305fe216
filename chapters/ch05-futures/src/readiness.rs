//! The future that waits for a descriptor.
//!
//! Invariant: as for sleep. That it is ready is a hint: whoever awaited it tries again.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use trace::On;

use crate::wakeup::{Wakeup, waits_for};
use crate::{Handle, Interest, Source};

/// Made by [`Handle::ready`].
#[derive(Debug)]
#[must_use = "a future does nothing until it is awaited"]
pub struct Ready {
    /// Whose reactor to wait in.
    handle: Handle,
    /// For what.
    source: Source,
    /// To do what.
    interest: Interest,
    /// Its entry in the reactor, from the first poll on.
    wakeup: Option<Rc<Wakeup>>,
}

impl Ready {
    pub(crate) fn new(handle: Handle, source: Source, interest: Interest) -> Self {
        Ready { handle, source, interest, wakeup: None }
    }

    fn on(&self) -> On {
        let name = self.source.name().to_owned();
        if self.interest.readable { On::Readable(name) } else { On::Writable(name) }
    }
}

impl Future for Ready {
    /// An error: the poller refuses this descriptor.
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        waits_for(self.on());
        match &self.wakeup {
            Some(wakeup) if wakeup.has_come(context.waker()) => Poll::Ready(Ok(())),
            Some(_) => Poll::Pending,
            None => {
                let wakeup = Wakeup::new(context.waker());
                self.handle.wait_for(&self.source, self.interest, wakeup.clone())?;
                self.wakeup = Some(wakeup);
                Poll::Pending
            }
        }
    }
}
