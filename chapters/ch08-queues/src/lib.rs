//! Chapter 8: tasks that work together. Locks, signals, queues, channels, and a choice
//! between channels, on the public API of `ch06-tasks`.
//!
//! Invariant: first come, first served. Nobody who arrives later gets in between a wake
//! and the turn of the task that was woken; and a wake that its task doesn't live to see
//! goes on to the next in line.
//!
//! There is one waiter list, in `line.rs`, and all the rest stands on it.
//!
//! Reading order: the line; permits, and the lock and queues made of them; signals;
//! channels, and what is made of those.

mod line;
mod semaphore;
mod mutex;
mod queue;
mod event;
mod notify;
mod condition;
mod barrier;
mod oneshot_channel;
mod mpsc_channel;
mod mailbox;
mod choice;

pub use barrier::{Barrier, BarrierWaitResult, BrokenBarrier};
pub use choice::{Choice, Elapsed};
pub use condition::Condition;
pub use event::Event;
pub use mailbox::{Address, Envelope, Lost, Mailbox};
pub use mutex::{Mutex, MutexGuard, TryLockError};
pub use notify::Notify;
pub use queue::{
    LifoQueue, PriorityQueue, Queue, QueueEmpty, QueueFull, Shelf, SmallestFirst,
};
pub use semaphore::{AcquireError, Semaphore, SemaphorePermit, TryAcquireError};

/// A channel for one value.
pub mod oneshot {
    pub use crate::oneshot_channel::{
        Receiver, RecvError, Sender, TryRecvError, channel,
    };
}

/// Channels from many tasks to one.
pub mod mpsc {
    pub use crate::mpsc_channel::{
        Receiver, SendError, Sender, TryRecvError, TrySendError, UnboundedReceiver,
        UnboundedSender, channel, unbounded_channel,
    };
}
