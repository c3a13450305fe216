//! A trace is the same every time: no address, hash, thread or clock leaks into it.

use std::collections::BTreeSet;

use crate::{PROGRAMS, chapters, scenarios};

/// How often each scenario runs.
const RUNS: usize = 100;

#[test]
fn every_scenario_gives_the_same_trace_100_times() {
    for chapter in chapters() {
        for scenario in scenarios(&chapter) {
            let run = |_| {
                let output = PROGRAMS.run(&chapter, &[&scenario, "--trace", "jsonl"]);
                output.expect("it ran before").stdout
            };
            let different: BTreeSet<String> = (0..RUNS).map(run).collect();
            assert_eq!(different.len(), 1, "{chapter} {scenario} has several traces");
        }
    }
}
