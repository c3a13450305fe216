//! Delegation: an outer coroutine stands aside, and its caller speaks with the inner one.
//!
//! Invariant: whatever comes in while the outer one delegates reaches the innermost.

use std::fmt::Debug;

use crate::{Coroutine, Exception, Generator, Resume, Resumed};

/// One resumption of `yield from inner`.
///
/// `Yielded` goes on to the caller. `Complete` is the value of the `yield from`
/// expression, and an error is raised there: the outer coroutine may catch it.
///
/// # Errors
/// What the inner coroutine raised. After `Close` it is [`Exception::Exit`], for the
/// outer one to end with in its turn.
pub fn yield_from<C>(inner: &Generator<C>, input: Resume<C::Send>) -> Resumed<C>
where
    C: Coroutine<Send: Debug, Yield: Debug, Return: Debug>,
{
    match input {
        Resume::Close => {
            inner.close()?;
            Err(Exception::Exit)
        }
        input => inner.resume(input),
    }
}
