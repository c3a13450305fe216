//! Every scenario's trace is a snapshot under the scenario's name.
//!
//! After a change on purpose: `cargo insta review`, and read what you accept.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// What the chapter's program prints when it is called with `args`.
fn program(args: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ch07-gather"));
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
fn gather_abc() {
    check("gather-abc");
}

#[test]
fn gather_error() {
    check("gather-error");
}

#[test]
fn gather_each() {
    check("gather-each");
}

#[test]
fn gather_groups() {
    check("gather-groups");
}

#[test]
fn gather_cancel() {
    check("gather-cancel");
}

#[test]
fn bounded() {
    check("bounded");
}

#[test]
fn chained() {
    check("chained");
}

#[test]
fn wait_first() {
    check("wait-first");
}

#[test]
fn wait_error() {
    check("wait-error");
}

#[test]
fn wait_timeout() {
    check("wait-timeout");
}

#[test]
fn as_completed() {
    check("as-completed");
}

#[test]
fn join_set() {
    check("join-set");
}

#[test]
fn task_group() {
    check("task-group");
}

#[test]
fn task_group_fails() {
    check("task-group-fails");
}

#[test]
fn shield() {
    check("shield");
}

#[test]
fn race_losers() {
    check("race-losers");
}

#[test]
fn timeout_drops() {
    check("timeout-drops");
}

#[test]
fn wait_for_cleans_up() {
    check("wait-for-cleans-up");
}

#[test]
fn bug_lost_branch() {
    check("bug-lost-branch");
}

#[test]
fn fixed_lost_branch() {
    check("fixed-lost-branch");
}

#[test]
fn bug_stalled_buffer() {
    check("bug-stalled-buffer");
}

#[test]
fn fixed_stalled_buffer() {
    check("fixed-stalled-buffer");
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
