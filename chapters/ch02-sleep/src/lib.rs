//! Stage 2: a loop that sleeps. Several coroutines, one thread, each resumed at the time
//! it asked for.
//!
//! Invariant: the loop waits only when no coroutine is due, and never asks to wait
//! longer than until the first deadline.
//!
//! Reading order: the trait (stage 1's, cut down to what a loop uses), the event that
//! asks for sleep, what a loop holds, the smallest loop, the heap, the loop that later
//! stages extend.

mod coroutine;
mod sleep;
mod task;
mod sorted_list;
mod timers;
mod event_loop;

pub use coroutine::{Coroutine, CoroutineState, Error, Resumed};
pub use event_loop::EventLoop;
pub use sleep::{Asleep, AsyncSleep, asleep};
pub use sorted_list::run;
pub use task::Task;
pub use timers::Timers;
