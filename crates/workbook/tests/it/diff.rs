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

#[test]
fn two_scenarios_of_one_chapter_are_compared() {
    let done = run(&["diff", "alpha", "common", "first"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    insta::assert_snapshot!("diff-scenarios", done.stdout);
    let same = run(&["diff", "91", "common", "common"]);
    assert_eq!((same.code, same.stdout.as_str()), (Some(0), ""));
    assert!(same.stderr.ends_with("ch91-alpha is the same in common and common\n"));
}

#[test]
fn of_two_scenarios_one_that_is_not_there_is_named() {
    let second = run(&["diff", "91", "common", "frist"]);
    assert_eq!((second.code, second.stdout.as_str()), (Some(2), ""));
    assert!(second.stderr.contains("did you mean `first`?"), "{}", second.stderr);
    let first = run(&["diff", "91", "beto", "common"]);
    assert_eq!((first.code, first.stdout.as_str()), (Some(2), ""));
    let said = "no chapter or scenario of ch91-alpha is called `beto`";
    assert!(first.stderr.contains(said), "{}", first.stderr);
}
