//! Bugs of this chapter's kind, each beside its fix.

pub(crate) mod short_read;
pub(crate) mod short_read_fixed;
pub(crate) mod dropped_reader;
pub(crate) mod dropped_reader_fixed;
