//! What each stage changes, in code and in behaviour, as snapshots: a stage that drifts
//! away from its neighbour fails here.

use bookbinder::stage_diff;

use crate::repeat::PRINTS_ONLY;
use crate::{PROGRAMS, WORKSPACE, chapters, is_code, path, scenarios};

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
            // Its parts have limits of their own: see below.
            "ch06" => usize::MAX,
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

/// The four parts in which the pages take stage 6, by file.
const PARTS: [(&str, &[&str]); 4] = [
    ("the executor and its tasks", &["lib", "task", "executor", "event_loop", "wake"]),
    ("timers and the reactor", &["timers", "sleep", "wait", "reactor", "net"]),
    ("one-shot futures and callbacks", &["promise", "join", "local", "callbacks"]),
    ("cancel and shutdown", &["cancel", "runtime"]),
];

/// How many lines of code `diff` adds to a file.
fn added_to(diff: &str, chapter: &str, file: &str) -> usize {
    let header = format!("+++ {chapter}/src/{file}.rs");
    let part = diff.lines().skip_while(|line| **line != header).skip(1);
    let part = part.take_while(|line| !line.starts_with("--- "));
    added(&part.collect::<Vec<_>>().join("\n"))
}

#[test]
fn no_part_of_stage_6_adds_more_than_a_reader_can_follow() {
    let (a, b) = ("ch05-futures", "ch06-tasks");
    let diff = stage_diff::code(&WORKSPACE, a, b).expect("both chapters exist");
    let mut files = 0;
    for (part, names) in PARTS {
        let added: usize = names.iter().map(|name| added_to(&diff, b, name)).sum();
        assert!((1..=450).contains(&added), "{part} adds {added} lines, more than 450");
        files += names.len();
    }
    let all = path("chapters").join(b).join("src").read_dir();
    assert_eq!(all.expect("sources").count(), files, "each file is in a part");
}
