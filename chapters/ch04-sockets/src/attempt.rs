//! Try first, suspend if it would wait: one coroutine for every operation on a socket.
//!
//! Invariant: the operation is tried before anybody waits, and again after each wait. So
//! a readiness that comes to nothing does no harm.

use std::io::{self, ErrorKind};

use crate::{Coroutine, CoroutineState, Event, Interest, Resumed, Source};
use CoroutineState::{Complete, Yielded};

/// An operation that is tried until it doesn't have to wait. Which operation can be
/// exchanged: to receive, to send, to accept, to connect.
pub struct AsyncIo<T> {
    /// What it acts on.
    source: Source,
    /// What must be ready before it is worth another attempt.
    interest: Interest,
    /// The attempt. `WouldBlock` means: not yet.
    attempt: Box<dyn FnMut() -> io::Result<T>>,
}

impl<T> AsyncIo<T> {
    /// Nothing is tried yet.
    pub fn new(
        source: &Source,
        interest: Interest,
        attempt: impl FnMut() -> io::Result<T> + 'static,
    ) -> Self {
        AsyncIo { source: source.clone(), interest, attempt: Box::new(attempt) }
    }
}

impl<T> Coroutine for AsyncIo<T> {
    type Yield = Event;
    type Return = T;

    fn resume(&mut self) -> Resumed<Self> {
        loop {
            match (self.attempt)() {
                Ok(value) => return Ok(Complete(value)),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    let event = Event::Ready(self.source.clone(), self.interest);
                    return Ok(Yielded(event));
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}
