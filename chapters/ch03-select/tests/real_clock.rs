//! The tests of this chapter that take real time: one waits 50 milliseconds, with tolerance,
//! the other as little as one can.

use std::process::Command;
use std::time::Duration;

use ch03_select::select;
use trace::{Clock, Trace};

#[test]
fn real_clock_select_waits_for_the_next_timer_and_not_in_circles() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ch03-select"));
    let output = program.args(["ties", "--real", "--trace", "jsonl"]).output();
    let jsonl = String::from_utf8(output.expect("built").stdout).expect("UTF-8");
    let trace = Trace::from_jsonl(&jsonl).expect("a trace reads back");
    let last = trace.events.last().expect("something happened");
    let took_ms = last.t_ns / 1_000_000;
    assert!((50..1_000).contains(&took_ms), "took {took_ms} ms");
    assert!(last.turn <= 20, "{} turns: a timeout was cut short", last.turn);
}

#[test]
fn real_clock_select_never_returns_before_its_time() {
    let clock = Clock::real_time();
    let short = Duration::from_nanos(999);
    for _ in 0..100 {
        let before = clock.now();
        let _ = select(&[], Some(short));
        assert!(clock.now() >= before + short, "it was early: a loop spins");
    }
}
