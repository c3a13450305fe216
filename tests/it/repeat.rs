//! A trace is the same every time: no address, hash, thread or clock leaks into it.

use std::collections::BTreeSet;
use std::thread;

use crate::{PROGRAMS, chapters, scenarios};

/// How often each scenario runs.
const RUNS: usize = 100;

/// How often one of [`PRINTS_ONLY`] runs, which take half a second each.
const FEW: usize = 3;

/// What depends on how much the system's buffers hold: only what it prints is exact.
const PRINTS_ONLY: [&str; 2] = ["slow-client", "many"];

/// Fails unless `scenario` of `chapter` always gives the same trace.
fn check(chapter: &str, scenario: &str) {
    let is_exact = !PRINTS_ONLY.contains(&scenario);
    let (runs, form) = if is_exact { (RUNS, "jsonl") } else { (FEW, "output") };
    let run = |_| {
        let output = PROGRAMS.run(chapter, &[scenario, "--trace", form]);
        output.expect("it ran before").stdout
    };
    let different: BTreeSet<String> = (0..runs).map(run).collect();
    assert_eq!(different.len(), 1, "{chapter} {scenario} has several traces");
}

#[test]
fn every_scenario_gives_the_same_trace_100_times() {
    thread::scope(|scope| {
        for chapter in chapters() {
            scope.spawn(move || {
                for scenario in scenarios(&chapter) {
                    check(&chapter, &scenario);
                }
            });
        }
    });
}
