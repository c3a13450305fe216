//! Every scenario's trace is a snapshot under the scenario's name.
//!
//! After a change on purpose: `cargo insta review`, and read what you accept.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// What the chapter's program prints when it is called with `args`.
fn program(args: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ch09-streams"));
    let output = program.args(args).output().expect("the program was built");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("a trace is UTF-8")
}

fn check(scenario: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(scenario, program(&[scenario]));
    });
}

#[test]
fn echo_lines() {
    check("echo-lines");
}

#[test]
fn split() {
    check("split");
}

#[test]
fn lines() {
    check("lines");
}

#[test]
fn partial_at_eof() {
    check("partial-at-eof");
}

#[test]
fn read_exact() {
    check("read-exact");
}

#[test]
fn long_line() {
    check("long-line");
}

#[test]
fn dropped_read() {
    check("dropped-read");
}

#[test]
fn back_pressure() {
    check("back-pressure");
}

#[test]
fn serve() {
    check("serve");
}

#[test]
fn shutdown_graceful() {
    check("shutdown-graceful");
}

#[test]
fn scope_exit() {
    check("scope-exit");
}

#[test]
fn scope_exit_cancelled() {
    check("scope-exit-cancelled");
}

#[test]
fn scope_exit_aborted() {
    check("scope-exit-aborted");
}

#[test]
fn hyper() {
    check("hyper");
}

#[test]
fn bug_short_read() {
    check("bug-short-read");
}

#[test]
fn fixed_short_read() {
    check("fixed-short-read");
}

#[test]
fn bug_reader_dropped() {
    check("bug-reader-dropped");
}

#[test]
fn fixed_reader_dropped() {
    check("fixed-reader-dropped");
}

#[test]
fn every_scenario_has_a_snapshot_and_every_snapshot_a_scenario() {
    let list = program(&["--list"]);
    let scenarios: BTreeSet<_> =
        list.lines().filter_map(|l| l.split('\t').next()).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let files = folder.read_dir().expect("snapshots stand beside this file");
    let names = files.map(|file| file.expect("readable").file_name().into_string());
    let names: Vec<_> = names.map(|name| name.expect("an ASCII name")).collect();
    let snapshots: BTreeSet<_> =
        names.iter().filter_map(|n| n.strip_suffix(".snap")).collect();
    assert_eq!(scenarios, snapshots);
}
