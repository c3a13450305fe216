//! A condition: to wait, without the lock, for somebody to change what it guards. It is
//! asyncio's `Condition`, and `std`'s `Condvar`.
//!
//! Invariant: between letting go of the lock and standing in line nobody else runs, so no
//! call is missed.

use std::mem::forget;

use crate::MutexGuard;
use crate::line::Line;

/// A line of tasks that wait for a change of a locked value.
pub struct Condition {
    /// Who waits to be called. Called, each goes to the end of the lock's line.
    line: Line,
}

impl Condition {
    /// Nobody waits.
    #[must_use]
    pub fn new() -> Self {
        Condition { line: Line::new("a condition") }
    }

    /// Unlocks, waits to be called, locks again. What was true before may not be so any
    /// more: look again, or use [`wait_while`](Self::wait_while).
    ///
    /// Cancelled meanwhile, a task has no lock: it gave the guard away. (In Python it gets
    /// it back first, since its `async with` will release it.)
    pub async fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        let mutex = guard.mutex;
        drop(guard);
        let _ = self.line.wait(1, |unheard| self.notify(unheard)).await;
        let unheard = Unheard(self);
        let guard = mutex.lock().await;
        forget(unheard);
        guard
    }

    /// Waits as long as `is_so`.
    pub async fn wait_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut is_so: impl FnMut(&mut T) -> bool,
    ) -> MutexGuard<'a, T> {
        while is_so(&mut guard) {
            guard = self.wait(guard).await;
        }
        guard
    }

    /// Calls the first `count` who wait. Of those who come later nobody hears it.
    pub fn notify(&self, count: usize) {
        self.line.serve(count);
    }

    /// Calls the first who waits.
    pub fn notify_one(&self) {
        self.notify(1);
    }

    /// Calls all who wait.
    pub fn notify_all(&self) {
        self.line.serve_all();
    }
}

/// A call that its task has not come to act on: it still waits for the lock. Dropped, the
/// call goes to the next in line, for whom it may be in vain.
struct Unheard<'a>(&'a Condition);

impl Drop for Unheard<'_> {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

impl Default for Condition {
    fn default() -> Self {
        Condition::new()
    }
}
