//! Chapter 7: several at once. Tasks that are waited for together, raced, limited in time,
//! protected from a cancel, or bound to a scope that they can't outlive; all on the public
//! API of `ch06-tasks`.
//!
//! Two families. What is given *tasks* (or spawns them) starts them in order, and goes on
//! when some have ended; what it doesn't wait for any more goes on too, unless it says
//! otherwise. What is given *futures* polls them where it stands, inside the task that
//! called; the ones that lose are dropped where they are.
//!
//! Reading order: the ends of tasks, and what waits for them; groups; futures polled in
//! place.

#![expect(clippy::must_use_candidate, reason = "most of what answers here also acts")]

mod ends;
mod gather;
mod wait;
mod as_completed;
mod join_set;
mod task_group;
mod shield;
mod race;
mod timeout;

pub use as_completed::{AsCompleted, as_completed};
pub use gather::{Gather, gather, gather_bounded, gather_tasks, try_gather};
pub use join_set::JoinSet;
pub use race::{Either, race, select};
pub use shield::shield;
pub use task_group::{GroupError, Started, TaskGroup, task_group};
pub use timeout::{Elapsed, timeout, wait_for};
pub use wait::{Waited, all_completed, first_completed, first_error, wait};
