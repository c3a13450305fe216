//! Stage 5: the compiler writes the state machines. A task is a `Future`; it says whom to
//! wake by handing on a `Waker`; and the loop runs `async fn`s over stage 4's poller.
//!
//! Invariant: whoever returns `Pending` has left a waker with somebody who will call it.
//! The loop resumes a task for no other reason.
//!
//! Reading order: descriptor, poller and reactor (as in stage 4), what is left with the
//! loop for a wake, the futures at the bottom (sleep, readiness, giving way), sockets
//! whose operations are `async fn`s, what a loop holds, the heap, the loop; last a loop
//! for one future and no loop at all.

mod source;
mod poller;
mod select;
mod epoll;
mod reactor;
mod wakeup;
mod handle;
mod sleep;
mod readiness;
mod yield_now;
mod stream;
mod listener;
mod task;
mod timers;
mod event_loop;
mod block_on;

pub use block_on::block_on;
pub use epoll::Epoll;
pub use event_loop::EventLoop;
pub use handle::Handle;
pub use listener::Listener;
pub use poller::{Interest, Poller};
pub use reactor::Reactor;
pub use readiness::Ready;
pub use select::{Select, timeval};
pub use sleep::Sleep;
pub use source::Source;
pub use stream::{Stream, connect};
pub use task::{Error, Task};
pub use timers::Timers;
pub use yield_now::{YieldNow, yield_now};
