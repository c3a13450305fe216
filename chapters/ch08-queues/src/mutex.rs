//! A lock: a semaphore with one permit, and the value that it guards.
//!
//! In one thread code without an `await` runs alone; a lock is for what has one in the
//! middle. It can be held across it.
//!
//! Invariant: who has the permit has the value, and nobody else.

use std::cell::{RefCell, RefMut};
use std::fmt;
use std::ops::{Deref, DerefMut};

use crate::{Semaphore, SemaphorePermit};

/// A value for one task at a time. A panic doesn't poison it.
pub struct Mutex<T> {
    /// The one permit, and the line of those who want it.
    permit: Semaphore,
    value: RefCell<T>,
}

/// The value, until this is dropped.
#[must_use = "dropped, it unlocks"]
pub struct MutexGuard<'a, T> {
    // In this order: the value is let go of before the permit.
    value: RefMut<'a, T>,
    _permit: SemaphorePermit<'a>,
    pub(crate) mutex: &'a Mutex<T>,
}

/// The lock is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TryLockError;

impl<T> Mutex<T> {
    /// Unlocked.
    #[must_use]
    pub fn new(value: T) -> Self {
        let permit = Semaphore::bounded(1).named("a lock");
        Mutex { permit, value: RefCell::new(value) }
    }

    /// The same; who waits for it is "suspended on `name`" in a trace.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        Mutex { permit: self.permit.named(name), value: self.value }
    }

    /// Locks it; waits in line while somebody else has it.
    pub async fn lock(&self) -> MutexGuard<'_, T> {
        let permit = self.permit.acquire().await.expect("it is never closed");
        self.guard(permit)
    }

    /// Locks it, if it is free.
    ///
    /// # Errors
    /// It is not.
    pub fn try_lock(&self) -> Result<MutexGuard<'_, T>, TryLockError> {
        let permit = self.permit.try_acquire().map_err(|_| TryLockError)?;
        Ok(self.guard(permit))
    }

    fn guard<'a>(&'a self, permit: SemaphorePermit<'a>) -> MutexGuard<'a, T> {
        MutexGuard { value: self.value.borrow_mut(), _permit: permit, mutex: self }
    }

    /// Whether somebody has it, or was woken to have it.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.permit.available_permits() == 0
    }

    /// The value, for who owns all of it.
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }

    /// The value, out of it.
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl fmt::Display for TryLockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the lock is held")
    }
}

impl std::error::Error for TryLockError {}
