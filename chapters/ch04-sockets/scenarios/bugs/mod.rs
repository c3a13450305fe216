//! Bugs of the gallery that this chapter can show, each with its fix, and what their
//! programs share.

mod edge;
mod later;
mod narrow;
pub(crate) mod partial_write;
pub(crate) mod partial_write_fixed;
pub(crate) mod edge_stops;
pub(crate) mod edge_stops_fixed;
pub(crate) mod connect_ignored;
pub(crate) mod connect_ignored_fixed;
pub(crate) mod number_reused;
pub(crate) mod number_reused_fixed;
mod full;
pub(crate) mod accept_spins;
pub(crate) mod accept_spins_fixed;
