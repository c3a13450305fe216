//! What each stage changes, in code and in behaviour, as snapshots: a stage that drifts
//! away from its neighbour fails here.

use bookbinder::stage_diff;

use crate::repeat::PRINTS_ONLY;
use crate::{PROGRAMS, WORKSPACE, chapters, is_code, scenarios};

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

/// What a scenario prints, and nothing of how it came to.
fn prints(chapter: &str, scenario: &str) -> String {
    let args = [scenario, "--trace", "output"];
    let output = PROGRAMS.run(chapter, &args).expect("it ran before");
    assert!(output.success && !output.stdout.is_empty(), "{chapter}: {}", output.stderr);
    output.stdout
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
            if PRINTS_ONLY.contains(&&*scenario) {
                assert_eq!(prints(&a, &scenario), prints(&b, &scenario), "{scenario}");
                continue;
            }
            let diff = stage_diff::traces(&PROGRAMS, &a, &b, &scenario);
            check(
                &format!("{a}--{b}.{scenario}"),
                &diff.expect("both have the scenario"),
            );
        }
    }
}

/// The lines of code that `diff` adds: neither blank nor a comment alone. Comments help a
/// reader to follow; they are no more to follow.
fn added(diff: &str) -> usize {
    let added = diff.lines().filter(|line| !line.starts_with("+++ "));
    added.filter_map(|line| line.strip_prefix('+')).filter(|line| is_code(line)).count()
}

#[test]
fn no_stage_adds_more_than_a_reader_can_follow() {
    for (a, b) in neighbours() {
        let diff = stage_diff::code(&WORKSPACE, &a, &b).expect("both chapters exist");
        let added = added(&diff);
        // A stage adds about 400 lines of code. One adds more, and its pages take it in
        // parts: ch06 is the whole runtime.
        let limit = match &b[..4] {
            "ch06" => 1_500,
            _ => 450,
        };
        assert!(added <= limit, "{a} to {b} adds {added} lines, more than {limit}");
    }
}

#[test]
fn comments_and_blank_lines_are_not_counted_as_added() {
    let diff =
        "--- a\n+++ b\n@@ -1 +1,4 @@\n-gone\n+//! what\n+\n+    // why\n+code // why\n";
    assert_eq!(added(diff), 1);
}
