//! A coroutine with a name: what a loop holds, and how it resumes it.
//!
//! Invariant: however a resumption ends, short of a panic, the observer hears of it.

use std::fmt;

use trace::{How, Observer, On};

use crate::{AsyncSleep, Coroutine, CoroutineState, Error};
use CoroutineState::{Complete, Yielded};

/// A coroutine as the loop holds it.
pub struct Task<R> {
    /// As it appears in a trace.
    pub(crate) name: String,
    /// What is resumed. Boxed: a loop runs coroutines of many types.
    coroutine: Box<dyn Coroutine<Yield = AsyncSleep, Return = R>>,
}

impl<R> Task<R> {
    /// Gives `coroutine` a name. Nothing of it runs yet.
    ///
    /// What a coroutine yields is a request that the loop must know, so the compiler
    /// refuses one that yields anything else:
    ///
    /// ```compile_fail,E0271
    /// # use ch02_sleep::{Coroutine, CoroutineState, Resumed, Task};
    /// struct Rain;
    /// impl Coroutine for Rain {
    ///     type Yield = &'static str;
    ///     type Return = ();
    ///     fn resume(&mut self) -> Resumed<Self> {
    ///         Ok(CoroutineState::Yielded("wake me when it rains"))
    ///     }
    /// }
    /// Task::new("rain", Rain);
    /// ```
    pub fn new(
        name: impl Into<String>,
        coroutine: impl Coroutine<Yield = AsyncSleep, Return = R> + 'static,
    ) -> Self {
        Task { name: name.into(), coroutine: Box::new(coroutine) }
    }

    /// Resumes the coroutine and tells `observer` how that ended.
    ///
    /// # Errors
    /// Whatever made the coroutine fail.
    pub(crate) fn resume(
        &mut self,
        observer: &Observer,
    ) -> Result<CoroutineState<AsyncSleep, R>, Error> {
        observer.resumed(&self.name);
        let result = self.coroutine.resume();
        match &result {
            Ok(Yielded(event)) => observer.suspended(&self.name, On::timer(event.until)),
            Ok(Complete(_)) => observer.finished(&self.name, How::Returned(None)),
            Err(error) => observer.finished(&self.name, How::Failed(error.to_string())),
        }
        result
    }
}

impl<R> fmt::Debug for Task<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").field("name", &self.name).finish_non_exhaustive()
    }
}
