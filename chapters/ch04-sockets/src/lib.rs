//! Stage 4: sockets. A socket that would have to wait says so instead (`WouldBlock`), and
//! then the coroutine suspends. The loop waits for all of them, and for time.
//!
//! Invariant: no system call waits but the poller's. Readiness is a hint: whoever is
//! resumed tries again, and may have to suspend again.
//!
//! Reading order: the trait and sleep (as before), a descriptor with a name, the poller
//! and its two backends, who waits for what, the event and the operation in it, sockets,
//! what a loop holds, the heap, the loop.

mod coroutine;
mod sleep;
mod source;
mod poller;
mod select;
mod epoll;
mod reactor;
mod event;
mod attempt;
mod stream;
mod listener;
mod task;
mod timers;
mod event_loop;

pub use attempt::AsyncIo;
pub use coroutine::{Coroutine, CoroutineState, Error, Resumed};
pub use epoll::Epoll;
pub use event::Event;
pub use event_loop::EventLoop;
pub use listener::Listener;
pub use poller::{Interest, Poller};
pub use reactor::Reactor;
pub use select::{Select, timeval};
pub use sleep::{Asleep, AsyncSleep, asleep};
pub use source::Source;
pub use stream::{Stream, connect};
pub use task::Task;
pub use timers::Timers;
