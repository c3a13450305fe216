//! What a coroutine can wait for, as the loop is told.
//!
//! Invariant: the loop knows every kind. A `match` on it that forgets one doesn't
//! compile.

use trace::On;

use crate::{AsyncRead, AsyncSleep};

/// A request to the loop.
#[derive(Clone, Debug)]
pub enum Event {
    /// Time.
    Sleep(AsyncSleep),
    /// Something to read.
    Read(AsyncRead),
}

impl Event {
    /// In the words of a trace.
    pub(crate) fn on(&self) -> On {
        match self {
            Event::Sleep(event) => On::timer(event.until),
            Event::Read(event) => On::Readable(event.source().name().to_owned()),
        }
    }
}

impl From<AsyncSleep> for Event {
    fn from(event: AsyncSleep) -> Self {
        Event::Sleep(event)
    }
}

impl From<AsyncRead> for Event {
    fn from(event: AsyncRead) -> Self {
        Event::Read(event)
    }
}
