//! Futures side by side in one task: polled in turn until one is ready. The others are
//! dropped where they stand, and what they had got hold of is lost with them.
//!
//! Invariant: all are polled in order, each time the task runs; so if two are ready the
//! earlier one wins. A cancel drops all of them.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;

use ch06_tasks::waits_for;

/// Which of two was ready first, and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Either<A, B> {
    /// The first one.
    Left(A),
    /// The second one.
    Right(B),
}

/// Whichever of the two is ready first; the other is dropped.
pub async fn select<A: Future, B: Future>(a: A, b: B) -> Either<A::Output, B::Output> {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let first = poll_fn(|cx| {
        if let Poll::Ready(value) = a.as_mut().poll(cx) {
            return Poll::Ready(Either::Left(value));
        }
        or_wait(b.as_mut().poll(cx).map(Either::Right), "whichever is first")
    });
    first.await
}

/// The number and the value of whichever is ready first; the others are dropped. Of none,
/// waits for ever.
pub async fn race<F: Future>(futures: impl IntoIterator<Item = F>) -> (usize, F::Output) {
    let mut futures: Vec<Pin<Box<F>>> = futures.into_iter().map(Box::pin).collect();
    let first = poll_fn(|cx| {
        for (number, future) in futures.iter_mut().enumerate() {
            if let Poll::Ready(value) = future.as_mut().poll(cx) {
                return Poll::Ready((number, value));
            }
        }
        or_wait(Poll::Pending, "whichever is first")
    });
    first.await
}

/// The task waits for `name`, and not for the task or promise that was polled last. That
/// one would be asked first if this task is cancelled.
pub(crate) fn or_wait<T>(poll: Poll<T>, name: &str) -> Poll<T> {
    if poll.is_pending() {
        waits_for(name);
    }
    poll
}
