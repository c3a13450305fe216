//! One loop runs tasks of one return type. These programs care for what is printed.

use ch04_sockets::{Coroutine, CoroutineState, Event, Resumed};

use CoroutineState::{Complete, Yielded};

/// A coroutine whose return value is dropped.
pub(crate) struct Discarding<C>(C);

/// Makes one of any coroutine.
pub(crate) trait Discard: Sized {
    fn discard(self) -> Discarding<Self> {
        Discarding(self)
    }
}

impl<C: Coroutine> Discard for C {}

impl<C: Coroutine<Yield = Event>> Coroutine for Discarding<C> {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        Ok(match self.0.resume()? {
            Yielded(event) => Yielded(event),
            Complete(_) => Complete(()),
        })
    }
}
