//! The smallest loop for futures: one future, and a thread that sleeps until it is woken.
//!
//! Invariant: a wake between a poll and the sleep is not lost. It sets a flag, which is
//! looked at before sleeping.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// What is behind the waker.
struct Signal {
    /// Who sleeps.
    thread: Thread,
    /// Whether it was woken since the last poll. The thread can be unparked for another
    /// reason: by a `block_on` inside of this one, say.
    is_woken: AtomicBool,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.is_woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

/// Runs `future` to its end on this thread, and gives its output. Whatever wakes it must
/// come from elsewhere: from another thread, or from the future itself.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let signal =
        Arc::new(Signal { thread: thread::current(), is_woken: AtomicBool::new(false) });
    let waker = Waker::from(signal.clone());
    loop {
        if let Poll::Ready(output) =
            future.as_mut().poll(&mut Context::from_waker(&waker))
        {
            return output;
        }
        while !signal.is_woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}
