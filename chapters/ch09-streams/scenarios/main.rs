//! The programs of chapter 9.
fn main() {}
