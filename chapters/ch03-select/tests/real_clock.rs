//! The one test of this chapter that takes real time: 50 milliseconds, with tolerance.

use std::process::Command;

use trace::Trace;

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
