//! The programs of chapter 7.
fn main() {}
