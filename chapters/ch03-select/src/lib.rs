//! Stage 3: a loop that waits for files and for time at once. `select(2)` stands where
//! stage 2 slept.
//!
//! Invariant: every turn looks at descriptors and at timers. Whoever is ready is resumed
//! once in it, so neither kind can starve the other.
//!
//! Reading order: the trait, sleep (both as in stage 2), what can be read, the event that
//! asks for it, the system call, what a loop holds, the heap, the loop.

mod coroutine;
mod sleep;
mod source;
mod read;
mod event;
mod select;
mod task;
mod timers;
mod event_loop;

pub use coroutine::{Coroutine, CoroutineState, Error, Resumed};
pub use event::Event;
pub use event_loop::EventLoop;
pub use read::{AsyncRead, Read, read};
pub use select::{select, timeval};
pub use sleep::{Asleep, AsyncSleep, asleep};
pub use source::Source;
pub use task::Task;
pub use timers::Timers;
