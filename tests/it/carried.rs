//! A program that a stage runs, the full runtime of stage 6 runs too, under the same name.

use crate::{chapters, scenarios};

/// What stays where it is, and why.
const STAYS: &[(&str, &str)] = &[
    ("sleepy-list", "the heap's forerunner, which stage 2 gives up"),
    ("heap-alone", "stage 2's heap without a loop"),
    ("polling", "a loop that asks all the time, before there is one that waits"),
    ("sleepy-by-hand", "the machine that the compiler writes, beside what it writes"),
    ("busy-poll", "about a hand-made trait, before the real one"),
    ("moved", "about memory, and without a loop"),
    ("pinned", "about memory, and without a loop"),
];

/// Stage 1 has generators and no loop: its programs resume them by hand. A bug stands in
/// the stage that it is a bug of, and so does its fix.
fn is_carried(chapter: &str, scenario: &str) -> bool {
    let stays = STAYS.iter().any(|(name, _)| *name == scenario);
    let is_bug = scenario.starts_with("bug-") || scenario.starts_with("fixed-");
    !(stays || is_bug || chapter < "ch02")
}

fn stages() -> Vec<String> {
    chapters().into_iter().filter(|name| name.as_str() < "ch07").collect()
}

#[test]
fn every_program_of_a_stage_runs_on_the_full_runtime() {
    let stages = stages();
    let last = stages.last().expect("there are stages");
    let runs = scenarios(last);
    let missing = stages.iter().flat_map(|stage| {
        let gone = scenarios(stage).into_iter().filter(|name| !runs.contains(name));
        let gone = gone.filter(|name| is_carried(stage, name));
        gone.map(move |name| format!("{last} lacks {name} of {stage}"))
            .collect::<Vec<_>>()
    });
    let missing: Vec<_> = missing.collect();
    assert!(missing.is_empty(), "carry them, or say why not:\n{}", missing.join("\n"));
}

#[test]
fn every_program_that_stays_exists() {
    let all: Vec<_> = stages().iter().flat_map(|stage| scenarios(stage)).collect();
    let unknown = STAYS.iter().filter(|(name, _)| !all.iter().any(|one| one == name));
    assert_eq!(unknown.count(), 0, "a program of this list is gone");
}
