//! A flag that tasks wait for: asyncio's `Event`.
//!
//! Invariant: `set` wakes everybody who waits at that moment, even if `clear` follows
//! before they run.

use std::cell::Cell;

use crate::line::Line;

/// Something that has happened, or not yet.
pub struct Event {
    is_set: Cell<bool>,
    /// Who waits for it to be set. All are served at once; there is nothing to run out of.
    line: Line,
}

impl Event {
    /// Not set.
    #[must_use]
    pub fn new() -> Self {
        Event { is_set: Cell::new(false), line: Line::new("an event") }
    }

    /// Whether it is set.
    pub fn is_set(&self) -> bool {
        self.is_set.get()
    }

    /// Sets it, and wakes all who wait.
    pub fn set(&self) {
        self.is_set.set(true);
        self.line.serve_all();
    }

    /// It is not set any more.
    pub fn clear(&self) {
        self.is_set.set(false);
    }

    /// Waits until it is set. Costs no turn if it is.
    pub async fn wait(&self) {
        if !self.is_set() {
            let _ = self.line.wait(1, drop).await;
        }
    }
}

impl Default for Event {
    fn default() -> Self {
        Event::new()
    }
}
