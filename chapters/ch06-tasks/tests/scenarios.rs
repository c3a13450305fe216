//! Every scenario's trace is a snapshot under the scenario's name, the same in every
//! chapter: `diff` two chapters' `snapshots/sleepy.snap` to see what a stage changed.
//!
//! After a change on purpose: `cargo insta review`, and read what you accept.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// What the chapter's program prints when it is called with `args`.
fn program(args: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ch06-tasks"));
    let output = program.args(args).output().expect("the program was built");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("a trace is UTF-8")
}

fn check(scenario: &str) {
    check_as(scenario, &[scenario]);
}

fn check_as(scenario: &str, args: &[&str]) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(scenario, program(args));
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
fn echo() {
    check("echo");
}

#[test]
fn slow_client() {
    check_as("slow-client", &["slow-client", "--trace", "output"]);
}

#[test]
fn connect_refused() {
    check("connect-refused");
}

#[test]
fn half_close() {
    check("half-close");
}

#[test]
fn reset() {
    check("reset");
}

#[test]
fn chunked() {
    check("chunked");
}

#[test]
fn many() {
    check("many");
}

#[test]
fn woken() {
    check("woken");
}

#[test]
fn missed_wake() {
    check("missed-wake");
}

#[test]
fn stale_waker() {
    check("stale-waker");
}

#[test]
fn renewed_waker() {
    check("renewed-waker");
}

#[test]
fn nested_block_on() {
    check("nested-block-on");
}

#[test]
fn await_or_spawn() {
    check("await-or-spawn");
}

#[test]
fn fire_and_forget() {
    check("fire-and-forget");
}

#[test]
fn join_several() {
    check("join-several");
}

#[test]
fn unread_panic() {
    check("unread-panic");
}

#[test]
fn promise() {
    check("promise");
}

#[test]
fn callbacks() {
    check("callbacks");
}

#[test]
fn call_later() {
    check("call-later");
}

#[test]
fn cancel() {
    check("cancel");
}

#[test]
fn abort() {
    check("abort");
}

#[test]
fn refuse_cancel() {
    check("refuse-cancel");
}

#[test]
fn shutdown_pending() {
    check("shutdown-pending");
}

#[test]
fn task_local() {
    check("task-local");
}

#[test]
fn thread_wake() {
    check("thread-wake");
}

#[test]
fn recv_chain() {
    check("recv-chain");
}

#[test]
fn bug_self_wake() {
    check("bug-self-wake");
}

#[test]
fn fixed_self_wake() {
    check("fixed-self-wake");
}

#[test]
fn bug_timer_restarts() {
    check("bug-timer-restarts");
}

#[test]
fn fixed_timer_restarts() {
    check("fixed-timer-restarts");
}

#[test]
fn claim_race() {
    check("claim-race");
}

#[test]
fn claim_no_lock() {
    check("claim-no-lock");
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
