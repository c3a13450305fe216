//! Every scenario's trace is a snapshot under the scenario's name, the same in every
//! chapter: `diff` two chapters' `snapshots/sleepy.snap` to see what a stage changed.
//!
//! After a change on purpose: `cargo insta review`, and read what you accept.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// What the chapter's program prints when it is called with `args`.
fn program(args: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ch03-select"));
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
fn sleepy() {
    check("sleepy");
}

#[test]
fn waiter_blocking() {
    check("waiter-blocking");
}

#[test]
fn waiter() {
    check("waiter");
}

#[test]
fn chess_blocking() {
    check("chess-blocking");
}

#[test]
fn chess() {
    check("chess");
}

#[test]
fn stubborn() {
    check("stubborn");
}

#[test]
fn zero() {
    check("zero");
}

#[test]
fn ties() {
    check("ties");
}

#[test]
fn failing() {
    check("failing");
}

#[test]
fn panicking() {
    check("panicking");
}

#[test]
fn reader() {
    check("reader");
}

#[test]
fn two_readers() {
    check("two-readers");
}

#[test]
fn one_source() {
    check("one-source");
}

#[test]
fn regular_file() {
    check("regular-file");
}

#[test]
fn eof() {
    check("eof");
}

#[test]
fn busy_reader() {
    check("busy-reader");
}

#[test]
fn busy_sleeper() {
    check("busy-sleeper");
}

#[test]
fn bug_one_per_turn() {
    check("bug-one-per-turn");
}

#[test]
fn bug_second_reader() {
    check("bug-second-reader");
}

#[test]
fn bug_reader_stays() {
    check("bug-reader-stays");
}

#[test]
fn bug_starved_sleeper() {
    check("bug-starved-sleeper");
}

#[test]
fn bug_starved_reader() {
    check("bug-starved-reader");
}

#[test]
fn bug_byte_by_byte() {
    check("bug-byte-by-byte");
}

#[test]
fn bug_hidden_buffer() {
    check("bug-hidden-buffer");
}

#[test]
fn bug_spin_at_eof() {
    check("bug-spin-at-eof");
}

#[test]
fn bug_stuck_at_eof() {
    check("bug-stuck-at-eof");
}

#[test]
fn bug_greedy() {
    check("bug-greedy");
}

#[test]
fn bug_timer_truncated() {
    check("bug-timer-truncated");
}

#[test]
fn fixed_timer_truncated() {
    check("fixed-timer-truncated");
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
