//! A program that one stage runs, each later stage runs too, under the same name.

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

/// What a gallery or an index shows stands in the stage that it is about.
const OWN: [&str; 3] = ["bug-", "fixed-", "claim-"];

/// Stage 1 has generators and no loop: its programs resume them by hand.
fn is_carried(chapter: &str, scenario: &str) -> bool {
    let stays = STAYS.iter().any(|(name, _)| *name == scenario);
    let is_own = OWN.iter().any(|prefix| scenario.starts_with(prefix));
    !(stays || is_own || chapter < "ch02")
}

fn stages() -> Vec<String> {
    chapters().into_iter().filter(|name| name.as_str() < "ch07").collect()
}

#[test]
fn every_program_runs_at_every_stage_from_its_first_one_on() {
    let mut missing = Vec::new();
    for pair in stages().windows(2) {
        let later = scenarios(&pair[1]);
        let lost = scenarios(&pair[0]).into_iter().filter(|name| !later.contains(name));
        let lost = lost.filter(|name| is_carried(&pair[0], name));
        missing.extend(lost.map(|name| format!("{} lacks {name}", pair[1])));
    }
    assert!(missing.is_empty(), "carry them, or say why not:\n{}", missing.join("\n"));
}

#[test]
fn every_program_that_stays_exists() {
    let all: Vec<_> = stages().iter().flat_map(|stage| scenarios(stage)).collect();
    let unknown = STAYS.iter().filter(|(name, _)| !all.iter().any(|one| one == name));
    assert_eq!(unknown.count(), 0, "a program of this list is gone");
}
