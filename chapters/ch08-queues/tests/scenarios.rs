//! Every scenario's trace is a snapshot under the scenario's name, the same in every
//! chapter: `diff` two chapters' `snapshots/sleepy.snap` to see what a stage changed.
//!
//! After a change on purpose: `cargo insta review`, and read what you accept.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// What the chapter's program prints when it is called with `args`.
fn program(args: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ch08-queues"));
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
fn lock() {
    check("lock");
}

#[test]
fn no_lock_needed() {
    check("no-lock-needed");
}

#[test]
fn semaphore() {
    check("semaphore");
}

#[test]
fn no_barging() {
    check("no-barging");
}

#[test]
fn passes_on() {
    check("passes-on");
}

#[test]
fn queue_workers() {
    check("queue-workers");
}

#[test]
fn producers_consumers() {
    check("producers-consumers");
}

#[test]
fn queue_kinds() {
    check("queue-kinds");
}

#[test]
fn back_pressure() {
    check("back-pressure");
}

#[test]
fn event() {
    check("event");
}

#[test]
fn set_then_clear() {
    check("set-then-clear");
}

#[test]
fn notify() {
    check("notify");
}

#[test]
fn condition() {
    check("condition");
}

#[test]
fn barrier() {
    check("barrier");
}

#[test]
fn oneshot() {
    check("oneshot");
}

#[test]
fn exit_code() {
    check("exit-code");
}

#[test]
fn channel() {
    check("channel");
}

#[test]
fn mailbox() {
    check("mailbox");
}

#[test]
fn choice_priority() {
    check("choice-priority");
}

#[test]
fn choice_fair() {
    check("choice-fair");
}

#[test]
fn choice_timeout() {
    check("choice-timeout");
}

#[test]
fn bug_lock_order() {
    check("bug-lock-order");
}

#[test]
fn fixed_lock_order() {
    check("fixed-lock-order");
}

#[test]
fn bug_lost_call() {
    check("bug-lost-call");
}

#[test]
fn fixed_lost_call() {
    check("fixed-lost-call");
}

#[test]
fn bug_grows() {
    check("bug-grows");
}

#[test]
fn fixed_grows() {
    check("fixed-grows");
}

#[test]
fn bug_never_done() {
    check("bug-never-done");
}

#[test]
fn fixed_never_done() {
    check("fixed-never-done");
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
