//! Stage 6: the full runtime, in one thread.
//!
//! Invariant: all that ever runs is in one queue, and the loop is the only one that takes
//! from it. Whatever wants to run (a task that was woken, a timer that is due, a ready
//! descriptor, a callback) goes to its end.
//!
//! Functions that take no runtime mean the loop that runs here; outside one they panic:
//! "no running event loop".
//!
//! Reading order, in four parts: tasks, what the loop does with them, and what wakes one;
//! timers, what the loop waits for, descriptors and sockets; promises, how tasks end,
//! task-local values, callbacks; how a task is stopped, and the runtime around it all.

#![expect(clippy::must_use_candidate, reason = "most of what answers here also acts")]

mod task;
mod executor;
mod event_loop;
mod wake;
mod timers;
mod sleep;
mod wait;
mod reactor;
mod net;
mod promise;
mod join;
mod local;
mod callbacks;
mod cancel;
mod runtime;

pub use callbacks::{Handle, call_at, call_later, call_soon};
pub use cancel::{Cancelled, catch_cancel, resume_cancel};
pub(crate) use event_loop::{EventLoop, Ready};
pub use executor::{all_tasks, current_task, spawn, spawn_named, waits_for};
pub use join::{JoinError, JoinHandle, Outcome};
pub use local::TaskLocal;
pub use net::{Interest, Source, TcpListener, TcpStream};
pub use promise::{Promise, State};
pub use reactor::Watch;
pub use runtime::{Builder, Runtime, block_on};
pub use sleep::{now, sleep, sleep_until, yield_now};
pub use task::{Id, Task};
pub use wait::Next;
pub use wake::Remote;
