//! The end of a scope, when leaving it takes time: what `async with` does in Python.
//! `Drop` can't await. A function that is given the body can.
//!
//! Invariant: whether the body returns or is cancelled, `exit` runs to its end before
//! anything after it. If the task is aborted or panics, it doesn't run.

use ch06_tasks::{catch_cancel, resume_cancel};

/// Runs `body`, then `exit`: also when a cancel stops the body. The cancel goes on then.
pub async fn finally<B: Future, E: Future>(
    body: B,
    exit: impl FnOnce() -> E,
) -> B::Output {
    let end = catch_cancel(body).await;
    exit().await;
    match end {
        Ok(value) => value,
        Err(cancelled) => resume_cancel(cancelled).await,
    }
}
