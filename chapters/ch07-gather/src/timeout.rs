//! Two limits in time. [`timeout`] drops a future at the deadline, wherever it stands.
//! [`wait_for`] asks a task to stop, and waits until it has: that takes as long as it
//! takes, and the task may have a result after all.
//!
//! Invariant: a result that is there at the deadline counts.

use std::fmt;
use std::panic::resume_unwind;
use std::time::Duration;

use ch06_tasks::{JoinError, catch_cancel, resume_cancel, sleep, spawn};

use crate::race::{Either, select};

/// The time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed;

/// Waits for `future`, for `duration` at most; then drops it.
///
/// # Errors
/// It was not ready in time.
pub async fn timeout<F: Future>(
    duration: Duration,
    future: F,
) -> Result<F::Output, Elapsed> {
    match select(future, sleep(duration)).await {
        Either::Left(value) => Ok(value),
        Either::Right(()) => Err(Elapsed),
    }
}

/// Runs `future` as a task, for `duration` if it follows a cancel then. A cancel of the
/// caller is passed on to it, and it is waited for too.
///
/// # Errors
/// It followed the cancel.
///
/// # Panics
/// If it does.
pub async fn wait_for<T: 'static>(
    duration: Duration,
    future: impl Future<Output = T> + 'static,
) -> Result<T, Elapsed> {
    let mut task = spawn(future);
    let in_time = catch_cancel(timeout(duration, &mut task)).await;
    let result = match in_time {
        Ok(Ok(result)) => return value(result).await,
        Ok(Err(Elapsed)) => {
            task.cancel();
            task.await
        }
        Err(why) => {
            task.cancel();
            let _ = task.await;
            resume_cancel(why).await
        }
    };
    match result {
        Err(error) if error.is_cancelled() => Err(Elapsed),
        result => value(result).await,
    }
}

/// What a task came to, as if its caller had done it: it panics, or is cancelled, too.
async fn value<T>(result: Result<T, JoinError>) -> Result<T, Elapsed> {
    let error = match result {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    match error.try_into_panic() {
        Ok(panic) => resume_unwind(panic),
        Err(error) => resume_cancel(error.why().cloned().unwrap_or_default()).await,
    }
}

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the time is over")
    }
}

impl std::error::Error for Elapsed {}
