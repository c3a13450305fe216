//! `doctor`: it finds what is there, and says what to do about what isn't.

use std::path::Path;

use crate::fixture::{done, tool};

fn real_workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_machine_that_runs_these_tests_is_well() {
    let done = done(tool(real_workspace(), &["doctor"]).output().unwrap());
    assert_eq!(done.code, Some(0), "{}{}", done.stdout, done.stderr);
    assert!(done.stdout.starts_with("ok        toolchain    rustc "), "{}", done.stdout);
}

#[test]
fn what_is_needed_and_missing_ends_it_with_code_1() {
    let mut command = tool(real_workspace(), &["doctor"]);
    let done = done(command.env("PATH", "/nonexistent").output().unwrap());
    assert_eq!(done.code, Some(1), "{}", done.stdout);
    assert!(
        done.stdout.contains("missing   git          install git"),
        "{}",
        done.stdout
    );
    assert!(done.stdout.contains("optional  cargo-insta"), "{}", done.stdout);
    assert!(done.stderr.contains("something that is needed is missing"));
}
