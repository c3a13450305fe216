//! A call to one task, or to all who wait: Tokio's `Notify`. Where an `Event` says that
//! something is so, this says that something happened.
//!
//! Invariant: a call to one is heard by one: by the first in line, or by the next who
//! comes. At most one call is kept.

use std::cell::Cell;

use crate::line::Line;

/// Something to be called by.
pub struct Notify {
    /// Whether there is a call for the next who comes; then nobody waits.
    kept: Cell<bool>,
    /// Who waits to be called. One that was called and goes unheard passes it on.
    line: Line,
}

impl Notify {
    /// Nobody has called.
    #[must_use]
    pub fn new() -> Self {
        Notify { kept: Cell::new(false), line: Line::new("a call") }
    }

    /// Calls the first who waits; or else the next who will.
    pub fn notify_one(&self) {
        self.kept.set(self.line.serve(1) == 1);
    }

    /// Calls all who wait, and nobody else. Dropped before they run, they pass nothing on.
    pub fn notify_waiters(&self) {
        self.line.serve_all();
    }

    /// Waits for a call: from when this is first polled.
    pub async fn notified(&self) {
        if self.kept.take() {
            return;
        }
        let pass_on = |unheard| {
            if unheard == 1 {
                self.notify_one();
            }
        };
        let _ = self.line.wait(1, pass_on).await;
    }
}

impl Default for Notify {
    fn default() -> Self {
        Notify::new()
    }
}
