//! The trace as a file that the Perfetto viewer and `chrome://tracing` open.

use crate::Trace;

impl Trace {
    /// The Chrome trace event format: one JSON object.
    #[must_use]
    pub fn to_perfetto(&self) -> String {
        String::new()
    }
}
