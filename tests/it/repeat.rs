//! A trace is the same every time: no address, hash, thread or clock leaks into it.

use std::collections::BTreeSet;
use std::thread;

use crate::{PROGRAMS, chapters, scenarios};

/// How many processes run each scenario, and how often each of them: a hundred in all.
const PROCESSES: usize = 5;
const TIMES: &str = "20";

/// What depends on how much the system's buffers hold: only what it prints is exact. They
/// run three times, about half a second each.
pub(crate) const PRINTS_ONLY: [&str; 2] = ["slow-client", "many"];

/// Fails unless `scenario` of `chapter` always gives the same trace.
fn check(chapter: &str, scenario: &str) {
    let is_exact = !PRINTS_ONLY.contains(&scenario);
    let (processes, times, form) =
        if is_exact { (PROCESSES, TIMES, "jsonl") } else { (3, "1", "output") };
    let run = |_| {
        let args = [scenario, "--trace", form, "--times", times];
        let output = PROGRAMS.run(chapter, &args).expect("it ran before");
        assert!(output.success, "{chapter} {scenario}: {}", output.stderr);
        output.stdout
    };
    let different: BTreeSet<String> = (0..processes).map(run).collect();
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
