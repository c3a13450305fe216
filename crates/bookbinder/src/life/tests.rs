//! What is counted, and that all of it is drawn.

use trace::Trace;

use super::State::{Created, Ended, Ready, Running, Suspended};
use super::{Life, draw};

/// The life in a recording of these events: task, and the rest of the line.
fn life(events: &[(&str, &str)]) -> Life {
    let line = |(task, what): &(&str, &str)| {
        format!(
            "{{\"t_ns\":0,\"turn\":1,\"task\":\"{task}\",{what},\"at\":\"a.rs:1\"}}\n"
        )
    };
    let head =
        "{\"schema\":1,\"program\":\"p\",\"scenario\":\"s\",\"clock\":\"virtual\"}\n";
    let lines: String = events.iter().map(line).collect();
    Life::of(&Trace::from_jsonl(&format!("{head}{lines}")).expect("a recording"))
}

const SPAWNED: &str = "\"event\":\"spawned\"";
const RESUMED: &str = "\"event\":\"resumed\"";
const GIVES_WAY: &str = "\"event\":\"suspended\",\"on\":\"turn\"";
const SLEEPS: &str = "\"event\":\"suspended\",\"on\":\"timer\",\"until_ns\":5";
const WOKEN: &str = "\"event\":\"woken\",\"by\":\"timer\"";
const FINISHED: &str = "\"event\":\"finished\",\"how\":\"returned\"";

/// Two tasks: one is woken, the other is resumed without that.
fn two() -> Life {
    life(&[
        ("a", SPAWNED),
        ("b", SPAWNED),
        ("a", RESUMED),
        ("a", SLEEPS),
        ("b", RESUMED),
        ("b", GIVES_WAY),
        ("b", RESUMED),
        ("b", FINISHED),
        ("a", WOKEN),
        ("a", RESUMED),
        ("a", FINISHED),
    ])
}

#[test]
fn each_way_is_counted_by_where_its_own_task_was() {
    let life = two();
    let ways = [
        (Created, Running, 2),
        (Running, Suspended, 2),
        (Suspended, Running, 1),
        (Suspended, Ready, 1),
        (Ready, Running, 1),
        (Running, Ended, 2),
        (Suspended, Ended, 0),
    ];
    for (from, to, times) in ways {
        assert_eq!(life.times(from, to), times, "{from:?} to {to:?}");
    }
}

#[test]
fn a_task_that_is_seen_first_when_it_runs_was_created_before() {
    assert_eq!(life(&[("a", RESUMED)]).times(Created, Running), 1);
}

#[test]
fn a_task_that_ends_without_running_again_is_dropped_where_it_stood() {
    let woken = [("a", RESUMED), ("a", SLEEPS), ("a", WOKEN), ("a", FINISHED)];
    assert_eq!(life(&woken).times(Suspended, Ended), 1);
    assert_eq!(life(&[("a", SPAWNED), ("a", FINISHED)]).times(Suspended, Ended), 1);
}

#[test]
fn ways_that_were_not_taken_are_drawn_without_a_number() {
    let (taken, none) = (draw::svg(&two(), "t"), draw::svg(&life(&[]), "t"));
    assert_eq!(taken.matches("class=\"li-way\"").count(), 6);
    assert_eq!(taken.matches("class=\"li-way li-none\"").count(), 1);
    assert_eq!(none.matches("class=\"li-way li-none\"").count(), 7);
    assert_eq!(none.matches('×').count(), 0);
    assert!(taken.contains("woken ×1"), "{taken}");
}

#[test]
fn what_was_waited_for_is_told() {
    let told = two().told();
    assert!(told.contains("waits for a time: 1; waits for its next turn: 1"), "{told}");
}
