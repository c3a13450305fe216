//! `diff`: of code, of traces, and of names that mean nothing.

use crate::fixture::run;

#[test]
fn code_is_compared_without_a_scenario() {
    let done = run(&["diff", "alpha", "beta"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    insta::assert_snapshot!("diff-code", done.stdout);
}

#[test]
fn what_happens_is_compared_with_one() {
    let done = run(&["diff", "91", "92", "common", "--no-pager"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    insta::assert_snapshot!("diff-trace", done.stdout);
}

#[test]
fn equal_chapters_differ_in_nothing() {
    let done = run(&["diff", "91", "91"]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(0), ""));
    assert_eq!(done.stderr, "the code is the same in ch91-alpha and ch91-alpha\n");
}

#[test]
fn an_unknown_chapter_is_answered_with_the_nearest() {
    let done = run(&["diff", "91", "beto"]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(2), ""));
    assert!(done.stderr.contains("no chapter is called `beto`"), "{}", done.stderr);
}

#[test]
fn a_scenario_that_one_lacks_is_said_to_be_missing_there() {
    let done = run(&["diff", "91", "92", "first"]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(2), ""));
    assert!(done.stderr.contains("ch92-beta has no scenario `first`"), "{}", done.stderr);
    assert!(done.stderr.contains("common, failing, long"), "{}", done.stderr);
}
