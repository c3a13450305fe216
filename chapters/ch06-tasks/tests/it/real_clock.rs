//! The tests of this chapter that take real time: half a second, with tolerance.

use std::process::Command;
use std::time::Duration;

use ch06_tasks::{Runtime, now, sleep, spawn};

#[test]
fn real_clock_sleepy_takes_half_a_second_not_two_and_a_half() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ch06-tasks"));
    let output =
        program.args(["sleepy", "--real", "--trace", "jsonl"]).output().expect("built");
    let jsonl = String::from_utf8(output.stdout).expect("a trace is UTF-8");
    let trace = trace::Trace::from_jsonl(&jsonl).expect("a trace reads back");
    let took_ms = trace.events.last().expect("something happened").t_ns / 1_000_000;
    assert!((500..1_500).contains(&took_ms), "took {took_ms} ms");
}

#[test]
fn real_clock_a_thousand_timers_are_never_early() {
    Runtime::new().expect("descriptors").block_on(async {
        let sleeper = |n: u64| {
            spawn(async move {
                let (start, time) = (now(), Duration::from_micros(n * 3));
                sleep(time).await;
                assert!(now().saturating_sub(start) >= time, "{time:?}");
            })
        };
        for task in (0..1000).map(sleeper).collect::<Vec<_>>() {
            task.await.expect("it is not early");
        }
    });
}
