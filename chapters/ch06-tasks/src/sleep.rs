//! Time: a promise, and a timer that sets it, make a sleep.
//!
//! Invariant: no sleep ends early, and one that is dropped leaves no timer behind.

use std::future::poll_fn;
use std::mem::replace;
use std::task::Poll;
use std::time::Duration;

use trace::On;

use crate::{EventLoop, Handle, Promise, call_at};

/// Time since the loop's clock started.
pub fn now() -> Duration {
    EventLoop::current().clock.now()
}

/// Sleeps for `duration`, from now. A sleep of zero gives way once.
pub fn sleep(duration: Duration) -> impl Future<Output = ()> {
    sleep_until(now().saturating_add(duration))
}

/// Sleeps until `deadline`, as [`now`] tells time. If it has passed, gives way once.
pub async fn sleep_until(deadline: Duration) {
    if now() >= deadline {
        return yield_now().await;
    }
    let promise = Promise::on(On::timer(deadline), &EventLoop::current());
    let ring = promise.clone();
    let _alarm = Alarm(call_at(deadline, move || _ = ring.set(())));
    let _ = promise.await;
}

/// The timer of one sleep.
struct Alarm(Handle);

impl Drop for Alarm {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// Lets everybody run who is ready now: goes to the back of the ready queue.
pub async fn yield_now() {
    let mut gave_way = false;
    let once = poll_fn(|cx| {
        if replace(&mut gave_way, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    });
    once.await;
}
