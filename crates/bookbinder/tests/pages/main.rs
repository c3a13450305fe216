//! What pages show, what they are told when they are wrong, and the book they make: all
//! over one small workbook, `tests/fixtures/workbook`.

mod fixture;
mod directives;
mod players;
mod errors;
mod questions;
mod book;
mod reference;
