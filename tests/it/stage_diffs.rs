//! What each stage changes, in code and in behaviour, as snapshots: a stage that drifts
//! away from its neighbour fails here.

use bookbinder::stage_diff;

use crate::{PROGRAMS, WORKSPACE, chapters, scenarios};

/// Each stage (chapters 1 to 6) with the next.
fn neighbours() -> Vec<(String, String)> {
    let stages: Vec<_> =
        chapters().into_iter().filter(|name| name.as_str() < "ch07").collect();
    let pairs = stages.windows(2).map(|pair| (pair[0].clone(), pair[1].clone()));
    pairs.collect()
}

/// The scenarios that both have.
fn shared(a: &str, b: &str) -> Vec<String> {
    let of_b = scenarios(b);
    scenarios(a).into_iter().filter(|name| of_b.contains(name)).collect()
}

fn check(name: &str, diff: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, diff);
    });
}

#[test]
fn the_code_that_a_stage_changes() {
    for (a, b) in neighbours() {
        let diff = stage_diff::code(&WORKSPACE, &a, &b).expect("both chapters exist");
        check(&format!("{a}--{b}.code"), &diff);
    }
}

#[test]
fn the_behaviour_that_a_stage_changes() {
    for (a, b) in neighbours() {
        for scenario in shared(&a, &b) {
            let diff = stage_diff::traces(&PROGRAMS, &a, &b, &scenario);
            check(
                &format!("{a}--{b}.{scenario}"),
                &diff.expect("both have the scenario"),
            );
        }
    }
}

#[test]
fn no_stage_adds_more_than_a_reader_can_follow() {
    for (a, b) in neighbours() {
        let diff = stage_diff::code(&WORKSPACE, &a, &b).expect("both chapters exist");
        let added = stage_diff::size(&diff).added;
        // A stage adds about 400. Two add more, and their pages take them in parts: ch04
        // has two pollers, the reactor and its sockets; ch06 is the whole runtime.
        let limit = match &b[..4] {
            "ch04" | "ch05" => 720,
            "ch06" => 2_300,
            _ => 420,
        };
        assert!(added <= limit, "{a} to {b} adds {added} lines, more than {limit}");
    }
}
