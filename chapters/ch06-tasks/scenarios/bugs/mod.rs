//! Bugs of the gallery that this chapter can show, each with its fix.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

pub(crate) mod self_wake;
pub(crate) mod self_wake_fixed;
pub(crate) mod timer_restarts;
pub(crate) mod timer_restarts_fixed;

/// Whether `one` was ready before `other`, which then isn't awaited further. It is not
/// dropped here either: that is up to the caller.
async fn is_first(
    mut one: Pin<&mut impl Future<Output = ()>>,
    mut other: Pin<&mut impl Future<Output = ()>>,
) -> bool {
    poll_fn(|context| match one.as_mut().poll(context) {
        Poll::Ready(()) => Poll::Ready(true),
        Poll::Pending => other.as_mut().poll(context).map(|()| false),
    })
    .await
}
