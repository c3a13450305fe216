//! Bugs of the gallery that this chapter can show, each with its fix.

pub(crate) mod polled_after_end;
pub(crate) mod polled_after_end_fixed;
pub(crate) mod waker_kept;
pub(crate) mod waker_kept_fixed;
