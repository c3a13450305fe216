//! Stage 1: a function that can be left and re-entered.
//!
//! There is no loop yet. There is one caller, who resumes a coroutine by hand, and a
//! coroutine, which keeps its place between two resumptions. Everything later in the
//! book is built from these two.
//!
//! Invariant: a coroutine runs only inside a `resume` of its caller. It has no thread,
//! and nothing runs it in the background.
//!
//! Reading order: the trait, the four states that guard it, delegation to an inner
//! coroutine.

mod coroutine;
mod generator;
mod delegate;

pub use coroutine::{Coroutine, CoroutineState, Exception, Resume, Resumed};
pub use delegate::yield_from;
pub use generator::{Generator, State};
