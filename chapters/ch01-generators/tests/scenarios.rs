//! Every scenario's trace is a snapshot under the scenario's name, the same in every
//! chapter: `diff` two chapters' `snapshots/sleepy.snap` to see what a stage changed.
//!
//! After a change on purpose: `cargo insta review`, and read what you accept.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// What the chapter's program prints when it is called with `args`.
fn program(args: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ch01-generators"));
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
fn one_two() {
    check("one-two");
}

#[test]
fn send() {
    check("send");
}

#[test]
fn returned() {
    check("returned");
}

#[test]
fn iterate() {
    check("iterate");
}

#[test]
fn states() {
    check("states");
}

#[test]
fn re_entry() {
    check("re-entry");
}

#[test]
fn ignored_close() {
    check("ignored-close");
}

#[test]
fn delegate() {
    check("delegate");
}

#[test]
fn delegate_throw() {
    check("delegate-throw");
}

#[test]
fn no_suspension() {
    check("no-suspension");
}

#[test]
fn cofoo() {
    check("cofoo");
}

#[test]
fn parts() {
    check("parts");
}

#[test]
fn parts_too_early() {
    check("parts-too-early");
}

#[test]
fn suspend() {
    check("suspend");
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
