//! A future with a name: what a loop holds, and how it polls it.
//!
//! Invariant: whatever happens in a poll, the observer hears of it, and the loop survives
//! it: a panic too ends here.

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use trace::{How, Observer, On};

use crate::wakeup::as_task;

/// The third way out.
pub type Error = Box<dyn std::error::Error>;

/// A future as the loop holds it.
pub struct Task<R> {
    /// As it appears in a trace.
    pub(crate) name: String,
    /// What is polled. Boxed: a loop runs futures of many types. Pinned: once polled, a
    /// future must stay where it is.
    future: Pin<Box<dyn Future<Output = Result<R, Error>>>>,
}

impl<R> Task<R> {
    /// Gives `future` a name. Nothing of it runs yet.
    pub fn new(
        name: impl Into<String>,
        future: impl Future<Output = Result<R, Error>> + 'static,
    ) -> Self {
        Task { name: name.into(), future: Box::pin(future) }
    }

    /// As it appears in a trace.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Polls the future and tells `observer` how that ended. `waker` is for whoever will
    /// know when another poll is worth it; `is_kept` tells whether somebody has it.
    pub(crate) fn poll(
        &mut self,
        observer: &Observer,
        waker: &Waker,
        is_kept: impl Fn() -> bool,
    ) -> Poll<Result<R, Error>> {
        observer.resumed(&self.name);
        let mut context = Context::from_waker(waker);
        // After a panic the future is dropped, not polled: nobody sees it half done.
        let poll =
            || catch_unwind(AssertUnwindSafe(|| self.future.as_mut().poll(&mut context)));
        let (result, on) = as_task(&self.name, poll);
        let result = result
            .unwrap_or_else(|panic| Poll::Ready(Err(Box::new(Panicked::new(&*panic)))));
        match &result {
            Poll::Pending => {
                let on = on.unwrap_or_else(|| unsaid(is_kept()));
                observer.suspended(&self.name, on);
            }
            Poll::Ready(Ok(_)) => observer.finished(&self.name, How::Returned(None)),
            Poll::Ready(Err(error)) => observer.finished(&self.name, how(error)),
        }
        result
    }
}

/// What a task waits for that doesn't say: for whoever has its waker, if anybody has.
fn unsaid(is_kept: bool) -> On {
    match is_kept {
        true => On::Future("whoever has its waker".to_owned()),
        false => On::Nothing,
    }
}

fn how(error: &Error) -> How {
    match error.downcast_ref::<Panicked>() {
        Some(Panicked(message)) => How::Panicked(message.clone()),
        None => How::Failed(words(error)),
    }
}

/// What the system reports has a number that differs between systems: its kind doesn't.
fn words(error: &Error) -> String {
    let error_of_system = error.downcast_ref::<io::Error>();
    let error_of_system = error_of_system.filter(|it| it.raw_os_error().is_some());
    error_of_system.map_or_else(|| error.to_string(), |it| it.kind().to_string())
}

/// The error of a task that panicked: its message.
#[derive(Debug)]
struct Panicked(String);

impl Panicked {
    fn new(panic: &(dyn Any + Send)) -> Self {
        let text = panic.downcast_ref::<&str>().map(ToString::to_string);
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        Panicked(text.unwrap_or_else(|| "a panic without a message".to_owned()))
    }
}

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "panicked: {}", self.0)
    }
}

impl std::error::Error for Panicked {}

impl<R> fmt::Debug for Task<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").field("name", &self.name).finish_non_exhaustive()
    }
}
