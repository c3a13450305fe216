//! `cargo workbook` alone, and `run` without a scenario.

use std::path::Path;

use crate::fixture::{run, run_in};

#[test]
fn without_a_command_it_lists_chapters_and_what_to_do_next() {
    let done = run(&[]);
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!("overview", done.stdout);
}

#[test]
fn without_a_scenario_run_lists_them() {
    let done = run(&["run", "alpha"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    insta::assert_snapshot!("scenarios", done.stdout);
}

#[test]
fn the_real_chapters_are_listed_from_anywhere_inside() {
    let done = run_in(Path::new(env!("CARGO_MANIFEST_DIR")), &[]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(done.stdout.contains("ch02-sleep"), "{}", done.stdout);
}

#[test]
fn outside_a_workbook_it_says_so() {
    let done = run_in(Path::new("/"), &[]);
    assert_eq!(done.code, Some(1));
    assert!(done.stderr.starts_with("error: / is not inside a workbook"));
}
