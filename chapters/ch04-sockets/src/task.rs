//! A coroutine with a name: what a loop holds, and how it resumes it.
//!
//! Invariant: whatever happens in a resumption, the observer hears of it, and the loop
//! survives it: a panic too ends here.

use std::any::Any;
use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use trace::{How, Observer};

use crate::{Coroutine, CoroutineState, Error, Event};
use CoroutineState::{Complete, Yielded};

/// A coroutine as the loop holds it.
pub struct Task<R> {
    /// As it appears in a trace.
    pub(crate) name: String,
    /// What is resumed. Boxed: a loop runs coroutines of many types.
    coroutine: Box<dyn Coroutine<Yield = Event, Return = R>>,
}

impl<R> Task<R> {
    /// Gives `coroutine` a name. Nothing of it runs yet.
    pub fn new(
        name: impl Into<String>,
        coroutine: impl Coroutine<Yield = Event, Return = R> + 'static,
    ) -> Self {
        Task { name: name.into(), coroutine: Box::new(coroutine) }
    }

    /// As it appears in a trace.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Resumes the coroutine and tells `observer` how that ended.
    ///
    /// # Errors
    /// Whatever made the coroutine fail, a panic included.
    pub fn resume(
        &mut self,
        observer: &Observer,
    ) -> Result<CoroutineState<Event, R>, Error> {
        observer.resumed(&self.name);
        // After a panic the coroutine is dropped, not resumed: nobody sees it half done.
        let result = catch_unwind(AssertUnwindSafe(|| self.coroutine.resume()));
        let result = result.unwrap_or_else(|panic| Err(Box::new(Panicked::new(&*panic))));
        match &result {
            Ok(Yielded(event)) => observer.suspended(&self.name, event.on()),
            Ok(Complete(_)) => observer.finished(&self.name, How::Returned(None)),
            Err(error) => observer.finished(&self.name, how(error)),
        }
        result
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
