//! What a coroutine can wait for, as the loop is told.
//!
//! Invariant: the loop knows every kind. A `match` on it that forgets one doesn't
//! compile.

use trace::On;

use crate::{AsyncSleep, Interest, Source};

/// A request to the loop.
#[derive(Clone, Debug)]
pub enum Event {
    /// Time.
    Sleep(AsyncSleep),
    /// A descriptor that is ready. What to do with it then is not the loop's business.
    Ready(Source, Interest),
}

impl Event {
    /// In the words of a trace.
    pub(crate) fn on(&self) -> On {
        match self {
            Event::Sleep(event) => On::timer(event.until),
            Event::Ready(source, interest) if interest.readable => {
                On::Readable(source.name().to_owned())
            }
            Event::Ready(source, _) => On::Writable(source.name().to_owned()),
        }
    }
}

impl From<AsyncSleep> for Event {
    fn from(event: AsyncSleep) -> Self {
        Event::Sleep(event)
    }
}
