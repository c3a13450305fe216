//! Bugs of the gallery that this chapter can show, each with its fix. Those of the loop as
//! published stand in `as_published`.

pub(crate) mod timer_truncated;
pub(crate) mod timer_truncated_fixed;
