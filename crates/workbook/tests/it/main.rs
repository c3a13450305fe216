//! The tool as a reader meets it: what it prints, where, and with which exit code.
//!
//! Invariant: no test needs the network, a terminal or a browser, and none depends on
//! what the chapters do at present.

#![expect(clippy::unwrap_used, reason = "a test may panic, and says where")]

mod fixture;
mod help;
mod listings;
mod run;
mod play;
mod diff;
mod propagate;
mod doctor;
mod book;
mod pdf;
mod read;
