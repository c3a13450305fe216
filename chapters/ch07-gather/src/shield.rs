//! To wait for a task without putting it at risk: who is cancelled while waiting goes, and
//! the task goes on.
//!
//! Invariant: a cancel of who waits never reaches the task. A cancel of the task itself
//! does.

use std::future::poll_fn;
use std::pin::pin;

use crate::race::or_wait;

/// Awaits `future`, a handle or whatever awaits one; and keeps to itself what that is. A
/// cancel meanwhile finds nobody to be passed on to, and drops this.
pub async fn shield<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|cx| or_wait(future.as_mut().poll(cx), "what is shielded")).await
}
