//! `play` without a terminal: what it says before it would open one.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use tempfile::TempDir;

use crate::fixture::{done, run, run_in, tool, workspace};

#[track_caller]
fn check_error(args: &[&str], code: i32, error: &str) {
    let done = run(args);
    assert_eq!((done.code, done.stdout.as_str()), (Some(code), ""));
    assert_eq!(done.stderr, format!("error: {error}\n"));
}

#[test]
fn without_a_terminal_it_says_so_and_what_to_type() {
    check_error(
        &["play", "91", "common"],
        1,
        "can't play: standard output is not a terminal; `cargo workbook run ch91-alpha \
         common` prints the same events",
    );
}

#[test]
fn without_a_scenario_it_lists_them() {
    let done = run(&["play", "91"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(done.stdout.ends_with("\nplay one: cargo workbook play ch91-alpha common\n"));
}

#[test]
fn an_unknown_scenario_is_answered_with_the_nearest() {
    check_error(
        &["play", "91", "comon"],
        2,
        "no scenario of ch91-alpha is called `comon`; did you mean `common`? There are: \
         common, failing, long, first",
    );
}

#[test]
fn without_anything_to_play_the_usage_is_shown() {
    let done = run(&["play"]);
    assert_eq!(done.code, Some(2));
    assert!(done.stderr.contains("cargo workbook play"), "{}", done.stderr);
}

const HEADER: &str =
    r#"{"schema":1,"program":"ch91-alpha","scenario":"common","clock":"virtual"}"#;

#[test]
fn a_file_that_is_no_recording_is_named_with_its_line() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("trace.jsonl").display().to_string();
    fs::write(&file, format!("{HEADER}\n\n{{}}\n")).unwrap();
    let done = run_in(workspace(), &["play", "--file", &file]);
    assert_eq!(done.code, Some(1));
    let error = format!(
        "error: can't play {file}: line 3 of the trace: `t_ns` is missing, or no integer; \
         `cargo workbook run CHAPTER SCENARIO --trace jsonl` writes what can be played\n"
    );
    assert_eq!(done.stderr, error);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let done = run(&["play", "--file", "nowhere.jsonl"]);
    assert_eq!(done.code, Some(1));
    assert!(
        done.stderr.starts_with("error: can't read nowhere.jsonl: "),
        "{}",
        done.stderr
    );
}

#[test]
fn a_recording_comes_from_standard_input_too() {
    let mut command = tool(workspace(), &["play", "--file", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(HEADER.as_bytes()).unwrap();
    let done = done(child.wait_with_output().unwrap());
    assert_eq!(done.code, Some(1));
    assert!(done.stderr.contains("not a terminal"), "{}", done.stderr);
}
