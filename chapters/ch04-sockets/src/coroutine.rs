//! The trait, and everything that crosses the border between a coroutine and its caller.
//!
//! Stage 1 had four things to pass in. A loop only ever says "go on", so nothing is left
//! to pass, as in the standard library's `Coroutine<()>`. Cancelling comes back in stage
//! 6, in another form.
//!
//! Invariant: whatever must survive a suspension is a field of the coroutine.

/// Something that can be left and re-entered.
pub trait Coroutine {
    /// What comes out at a suspension: the event that the coroutine waits for.
    type Yield;
    /// What comes out at the end.
    type Return;

    /// Runs from where the coroutine stands to its next suspension, or to its end.
    ///
    /// # Errors
    /// Whatever made the coroutine fail.
    fn resume(&mut self) -> Resumed<Self>;
}

/// The two regular ways out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CoroutineState<Y, R> {
    /// Suspended; it can be resumed.
    Yielded(Y),
    /// At its end; it can't.
    Complete(R),
}

/// How a resumption ends: suspended, complete, or with an error, which `?` passes on.
pub type Resumed<C> =
    Result<CoroutineState<<C as Coroutine>::Yield, <C as Coroutine>::Return>, Error>;

/// The third way out.
pub type Error = Box<dyn std::error::Error>;
