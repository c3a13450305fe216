//! A barrier: nobody goes on before all have come.
//!
//! Invariant: tasks pass in parties of exactly `size`. One who gives up waiting was never
//! there; one who comes after a party is complete belongs to the next.

use std::cell::Cell;
use std::fmt;

use crate::line::{Closed, Line};

/// A place where a party of tasks meets, again and again.
pub struct Barrier {
    size: usize,
    broken: Cell<bool>,
    /// Who has come and waits for the rest. The last one finds all others here, and
    /// doesn't join them.
    line: Line,
}

/// Who passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarrierWaitResult {
    is_leader: bool,
}

/// Somebody called [`Barrier::abort`], or [`Barrier::reset`] while this one waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenBarrier;

impl Barrier {
    /// For parties of `size`.
    ///
    /// # Panics
    /// For parties of nobody.
    #[must_use]
    pub fn new(size: usize) -> Self {
        assert!(size > 0, "a party of nobody");
        Barrier { size, broken: Cell::new(false), line: Line::new("a barrier") }
    }

    /// Waits until the party is complete. The last to come doesn't wait at all.
    ///
    /// # Errors
    /// The barrier was broken, perhaps meanwhile.
    pub async fn wait(&self) -> Result<BarrierWaitResult, BrokenBarrier> {
        if self.broken.get() {
            return Err(BrokenBarrier);
        }
        let is_leader = self.line.len() + 1 == self.size;
        match is_leader {
            true => self.line.serve_all(),
            false => self.line.wait(1, drop).await.map_err(|Closed| BrokenBarrier)?,
        }
        Ok(BarrierWaitResult { is_leader })
    }

    /// Breaks it: all who wait, and will, hear of it.
    pub fn abort(&self) {
        self.broken.set(true);
        self.line.close();
    }

    /// Makes it whole again. Who waits now is sent away.
    pub fn reset(&self) {
        self.line.close();
        self.broken.set(false);
    }

    /// How many have come and wait.
    #[must_use]
    pub fn n_waiting(&self) -> usize {
        self.line.len()
    }
}

impl BarrierWaitResult {
    /// Whether this was the last to come: one of each party.
    #[must_use]
    pub fn is_leader(&self) -> bool {
        self.is_leader
    }
}

impl fmt::Display for BrokenBarrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the barrier is broken")
    }
}

impl std::error::Error for BrokenBarrier {}
