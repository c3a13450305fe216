//! A whole recording: a header that says of what, and the events.

use crate::Event;

/// What was recorded, and on which clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Package of the program: `ch02-sleep`.
    pub program: String,
    /// The scenario's name.
    pub scenario: String,
    /// Whether its time was virtual.
    pub virtual_time: bool,
}

/// A recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Of what.
    pub header: Header,
    /// What happened, in order.
    pub events: Vec<Event>,
}

impl Trace {
    /// Version of the schema, as in the crate's documentation.
    pub const SCHEMA: u64 = 1;

    /// The tasks in the order in which they first appear.
    #[must_use]
    pub fn tasks(&self) -> Vec<&str> {
        let mut tasks = Vec::new();
        for task in self.events.iter().filter_map(|event| event.task.as_deref()) {
            if !tasks.contains(&task) {
                tasks.push(task);
            }
        }
        tasks
    }

    /// Only the events for which `keep` holds: a picture of a long trace's beginning.
    #[must_use]
    pub fn filtered(&self, keep: impl FnMut(&&Event) -> bool) -> Self {
        let events = self.events.iter().filter(keep).cloned().collect();
        Trace { header: self.header.clone(), events }
    }
}
