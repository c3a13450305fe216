//! The one test of this chapter that takes real time: half a second, with tolerance.

use std::process::Command;

#[test]
fn real_clock_sleepy_takes_half_a_second_not_two_and_a_half() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ch02-sleep"));
    let output =
        program.args(["sleepy", "--real", "--trace", "jsonl"]).output().expect("built");
    let jsonl = String::from_utf8(output.stdout).expect("a trace is UTF-8");
    let trace = trace::Trace::from_jsonl(&jsonl).expect("a trace reads back");
    let took_ms = trace.events.last().expect("something happened").t_ns / 1_000_000;
    assert!((500..1_500).contains(&took_ms), "took {took_ms} ms");
}
