//! The one test of this chapter that takes real time: 50 milliseconds, with tolerance.

use std::process::Command;

use trace::Trace;

#[test]
fn real_clock_five_sleeps_to_the_same_moment_take_one_sleep_s_time() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ch02-sleep"));
    let output = program.args(["ties", "--real", "--trace", "jsonl"]).output();
    let jsonl = String::from_utf8(output.expect("built").stdout).expect("UTF-8");
    let trace = Trace::from_jsonl(&jsonl).expect("a trace reads back");
    let took_ms = trace.events.last().expect("something happened").t_ns / 1_000_000;
    assert!((50..1_000).contains(&took_ms), "took {took_ms} ms");
}
