//! `run`: the program's output, its exit code, names that mean nothing, and colours.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use crate::fixture::{done, run, tool, workspace};

#[track_caller]
fn check(args: &[&str], code: i32, stdout: &str) {
    let done = run(args);
    assert_eq!(
        (done.code, done.stdout.as_str()),
        (Some(code), stdout),
        "{}",
        done.stderr
    );
}

#[track_caller]
fn check_error(args: &[&str], error: &str) {
    let done = run(args);
    assert_eq!((done.code, done.stdout.as_str()), (Some(2), ""));
    assert_eq!(done.stderr, format!("error: {error}\n"));
}

#[test]
fn a_chapter_answers_to_its_name_its_number_and_its_noun() {
    for name in ["ch91-alpha", "ch91", "91", "alpha", "Alpha"] {
        check(&["run", name, "common", "--trace", "output"], 0, "as output\n");
    }
}

#[test]
fn options_are_passed_on() {
    check(&["run", "91", "common", "--trace", "svg"], 0, "as svg\n");
    check(&["run", "91", "common", "--real"], 0, "on the real clock\n");
}

#[test]
fn the_exit_code_is_the_programs() {
    check(&["run", "91", "failing"], 7, "");
}

#[test]
fn an_unknown_chapter_is_answered_with_the_nearest() {
    check_error(
        &["run", "ch91-alfa", "common"],
        "no chapter is called `ch91-alfa`; did you mean `ch91-alpha`? There are: \
         ch91-alpha, ch92-beta",
    );
}

#[test]
fn an_unknown_scenario_is_answered_with_the_nearest() {
    check_error(
        &["run", "91", "comon"],
        "no scenario of ch91-alpha is called `comon`; did you mean `common`? There are: \
         common, failing, long, first",
    );
}

/// Standard output with `env` set and no terminal.
fn coloured(env: &[(&str, &str)]) -> String {
    let mut command = tool(workspace(), &["run", "91", "common"]);
    command.envs(env.iter().copied());
    done(command.output().unwrap()).stdout
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let plain = coloured(&[]);
    assert!(!plain.contains('\u{1b}'));
    let forced = coloured(&[("CLICOLOR_FORCE", "1")]);
    assert!(forced.contains("\u{1b}[1ma        prints: hello\u{1b}[0m\n"), "{forced:?}");
    assert_eq!(anstream::adapter::strip_str(&forced).to_string(), plain);
}

#[test]
fn no_color_means_none() {
    let off = [("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")];
    assert!(!coloured(&off).contains('\u{1b}'));
}

/// Reads one line of a long output and closes the pipe.
#[track_caller]
fn check_closed_pipe(env: &[(&str, &str)]) {
    let mut command = tool(workspace(), &["run", "91", "long"]);
    command.envs(env.iter().copied());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let done = done(child.wait_with_output().unwrap());
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_closed_pipe_is_no_failure() {
    check_closed_pipe(&[]);
    check_closed_pipe(&[("CLICOLOR_FORCE", "1")]);
}
