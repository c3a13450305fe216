//! Bugs of the gallery that this chapter can show, each with its fix.

pub(crate) mod grows;
pub(crate) mod grows_fixed;
pub(crate) mod lock_order;
pub(crate) mod lock_order_fixed;
pub(crate) mod lost_call;
pub(crate) mod lost_call_fixed;
pub(crate) mod never_done;
pub(crate) mod never_done_fixed;
