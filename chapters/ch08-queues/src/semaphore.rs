//! A number of permits, and a line for when they are out. Most of this chapter is made of
//! semaphores: a lock is one permit, a queue counts its items and its free places.
//!
//! Invariant: permits go to whoever is first in line at the moment they come back, before
//! that task runs. In between nobody can take them.

use std::cell::Cell;
use std::fmt;

use crate::line::{Closed, Line};

/// Permits to do something, at most so many at a time.
pub struct Semaphore {
    /// How many are free. While somebody waits these are too few for the first in line.
    permits: Cell<usize>,
    /// More than these can't be free.
    max: usize,
    closed: Cell<bool>,
    /// Who waits for permits, each for a number of them, served in order of arrival.
    line: Line,
}

/// Some permits, given back when this is dropped.
#[must_use = "dropped, it is given back"]
pub struct SemaphorePermit<'a> {
    semaphore: &'a Semaphore,
    count: usize,
}

/// The semaphore was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcquireError;

/// Why there is no permit now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TryAcquireError {
    /// The semaphore was closed.
    Closed,
    /// Too few are free, or somebody else is first in line.
    NoPermits,
}

impl Semaphore {
    /// The most permits that a semaphore can have.
    pub const MAX_PERMITS: usize = usize::MAX >> 3;

    /// With so many permits.
    #[must_use]
    pub fn new(permits: usize) -> Self {
        Self::with(permits, Self::MAX_PERMITS)
    }

    /// With so many permits, and never more: [`add_permits`](Self::add_permits) panics
    /// when it is called once too often.
    #[must_use]
    pub fn bounded(permits: usize) -> Self {
        Self::with(permits, permits)
    }

    /// The same; who waits for a permit is "suspended on `name`" in a trace.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.line.name);
        self
    }

    fn with(permits: usize, max: usize) -> Self {
        let (permits, closed) = (Cell::new(permits), Cell::new(false));
        Semaphore { permits, max, closed, line: Line::new("a permit") }
    }

    /// Takes a permit; waits in line if none is free.
    ///
    /// # Errors
    /// The semaphore was closed, perhaps meanwhile.
    pub async fn acquire(&self) -> Result<SemaphorePermit<'_>, AcquireError> {
        self.acquire_many(1).await
    }

    /// Takes `count` permits at once.
    ///
    /// # Errors
    /// As [`acquire`](Self::acquire).
    pub async fn acquire_many(
        &self,
        count: u32,
    ) -> Result<SemaphorePermit<'_>, AcquireError> {
        match self.try_acquire_many(count) {
            Err(TryAcquireError::NoPermits) => {}
            result => return result.map_err(|_| AcquireError),
        }
        let count = count as usize;
        let served = self.line.wait(count, |unused| self.add_permits(unused)).await;
        served.map_err(|Closed| AcquireError)?;
        Ok(SemaphorePermit { semaphore: self, count })
    }

    /// Takes a permit if one is free now.
    ///
    /// # Errors
    /// Without a permit.
    pub fn try_acquire(&self) -> Result<SemaphorePermit<'_>, TryAcquireError> {
        self.try_acquire_many(1)
    }

    /// Takes `count` permits if so many are free now.
    ///
    /// # Errors
    /// Without any.
    pub fn try_acquire_many(
        &self,
        count: u32,
    ) -> Result<SemaphorePermit<'_>, TryAcquireError> {
        let count = count as usize;
        if self.closed.get() {
            return Err(TryAcquireError::Closed);
        }
        if self.permits.get() < count || !self.line.is_empty() {
            return Err(TryAcquireError::NoPermits);
        }
        self.permits.update(|free| free - count);
        Ok(SemaphorePermit { semaphore: self, count })
    }

    /// How many permits are free.
    #[must_use]
    pub fn available_permits(&self) -> usize {
        self.permits.get()
    }

    /// Puts `count` permits in: first to those who wait.
    ///
    /// # Panics
    /// If there would be more than [`bounded`](Self::bounded) allows.
    pub fn add_permits(&self, count: usize) {
        let supply = self.permits.get() + count;
        assert!(supply <= self.max, "a permit was given back that nobody had");
        self.permits.set(self.line.serve(supply));
    }

    /// Sends away all who wait, and will.
    pub fn close(&self) {
        self.closed.set(true);
        self.line.close();
    }

    /// Whether it was closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed.get()
    }
}

impl SemaphorePermit<'_> {
    /// Keeps the permits for good: they are not given back.
    pub fn forget(mut self) {
        self.count = 0;
    }
}

impl Drop for SemaphorePermit<'_> {
    fn drop(&mut self) {
        self.semaphore.add_permits(self.count);
    }
}

impl fmt::Display for AcquireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the semaphore is closed")
    }
}

impl fmt::Display for TryAcquireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TryAcquireError::Closed => "the semaphore is closed",
            TryAcquireError::NoPermits => "no permit is free",
        })
    }
}

impl std::error::Error for AcquireError {}
impl std::error::Error for TryAcquireError {}
