//! The book as a browser shows it: whether everybody can read it, whether it fits, holds
//! still and stays at home, and how it is printed.
//!
//! Invariant: where `CI` is `true` a browser must be there (`.ci/run` installs one);
//! elsewhere its absence is said, in a line for each test, and is no failure.

mod accessibility;
mod browser;
mod layout;
mod pdf;
mod planted;
mod player;
mod questions;
mod quiet;
mod site;
