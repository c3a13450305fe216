//! Two limits in time. [`timeout`] drops a future at the deadline, wherever it stands.
//! [`wait_for`] asks a task to stop, and waits until it has: that takes as long as it
//! takes, and the task may have a result after all.
//!
//! Invariant: a result that is there at the deadline counts.

use std::fmt;
use std::panic::resume_unwind;
use std::time::Duration;

use ch06_tasks::{JoinError, catch_cancel, resume_cancel, sleep};

use crate::JoinSet;
use crate::gather::cancel_and_join;
use crate::race::{Either, select};

/// The time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed;

/// Waits for `future`, for `duration` from now at most; then drops it.
///
/// # Errors
/// It was not ready in time.
pub fn timeout<F: Future>(
    duration: Duration,
    future: F,
) -> impl Future<Output = Result<F::Output, Elapsed>> {
    let alarm = sleep(duration);
    async {
        match select(future, alarm).await {
            Either::Left(value) => Ok(value),
            Either::Right(()) => Err(Elapsed),
        }
    }
}

/// Runs `future` as a task, for `duration` if it follows a cancel then. A cancel of the
/// caller is passed on to it, and it is waited for too. Dropped, this aborts it.
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
    let mut task = JoinSet::new();
    task.spawn(future);
    let asked = match catch_cancel(timeout(duration, task.join_next())).await {
        Ok(Ok(result)) => return value(result).await,
        Ok(Err(Elapsed)) => None,
        Err(cancelled) => Some(cancelled),
    };
    let mut result = None;
    let again = cancel_and_join(&mut task.0, |end| result = Some(end)).await;
    match (again.or(asked), result) {
        (Some(cancelled), _) => resume_cancel(cancelled).await,
        (None, Some(Err(error))) if error.is_cancelled() => Err(Elapsed),
        (None, result) => value(result).await,
    }
}

/// What the one task came to, as if its caller had done it: it panics, or is cancelled,
/// too.
async fn value<T>(result: Option<Result<T, JoinError>>) -> Result<T, Elapsed> {
    let error = match result.expect("there is one task") {
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
