//! The trait, and everything that crosses the border between a coroutine and its caller:
//! what goes in at a resumption, and the three ways out.
//!
//! Invariant: whatever must survive a suspension is a field of the coroutine.

use std::fmt;

/// Something that can be left and re-entered.
///
/// Named as in the standard library's unstable `std::ops::Coroutine`, which has no
/// `Throw` and no `Close` (a Rust coroutine is closed by dropping it).
pub trait Coroutine {
    /// What the caller can send in: the value of the `yield` expression.
    type Send;
    /// What comes out at a suspension.
    type Yield;
    /// What comes out at the end.
    type Return;

    /// Runs from where the coroutine stands to its next suspension, or to its end.
    ///
    /// # Errors
    /// An exception that the coroutine raised, or one thrown in that it didn't catch.
    fn resume(&mut self, input: Resume<Self::Send>) -> Resumed<Self>;
}

/// What the caller passes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resume<S> {
    /// Go on.
    Next,
    /// Go on, with this as the value of the `yield` you stand at.
    Send(S),
    /// Raise this at the `yield` you stand at.
    Throw(Exception),
    /// Clean up and end.
    Close,
}

/// The two regular ways out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CoroutineState<Y, R> {
    /// Suspended; it can be resumed.
    Yielded(Y),
    /// At its end; it can't.
    Complete(R),
}

/// How a resumption ends: suspended, complete, or with an exception, which `?` passes on.
pub type Resumed<C> =
    Result<CoroutineState<<C as Coroutine>::Yield, <C as Coroutine>::Return>, Exception>;

/// The third way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exception {
    /// An error of the program, with its message.
    Error(String),
    /// The caller closes the coroutine. Python's `GeneratorExit`.
    Exit,
    /// There is nothing left to resume. Python's `StopIteration`.
    Stop,
    /// It was resumed from inside itself. Python's `ValueError`.
    AlreadyRunning,
    /// A value was sent in before the first `yield` that could receive it.
    /// Python's `TypeError`.
    NotStarted,
    /// It yielded instead of ending when it was closed. Python's `RuntimeError`.
    IgnoredClose,
}

impl<S> Resume<S> {
    /// What the `yield` expression gives to a body that catches nothing: nothing, the
    /// value sent, or the exception, to be passed on with `?`.
    ///
    /// # Errors
    /// What was thrown in, or [`Exception::Exit`] for `Close`.
    pub fn value(self) -> Result<Option<S>, Exception> {
        match self {
            Resume::Next => Ok(None),
            Resume::Send(value) => Ok(Some(value)),
            Resume::Throw(exception) => Err(exception),
            Resume::Close => Err(Exception::Exit),
        }
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Exception::Error(message) => message,
            Exception::Exit => "closed by its caller",
            Exception::Stop => "nothing left to resume",
            Exception::AlreadyRunning => "already running",
            Exception::NotStarted => "can't receive a value before its first yield",
            Exception::IgnoredClose => "yielded instead of ending when it was closed",
        })
    }
}

impl std::error::Error for Exception {}
