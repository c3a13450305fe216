//! What the Perfetto viewer is given, read back.

#![expect(clippy::unwrap_used, reason = "in a test the panic is the message")]

mod fixtures;

use std::collections::BTreeMap;

use fixtures::{Story, all, delegation, everything, sleepers, stubborn};
use serde_json::Value;
use trace::{How, On, Trace};

/// The file's entries, in order.
fn entries(trace: &Trace) -> Vec<Value> {
    let file: Value = serde_json::from_str(&trace.to_perfetto()).unwrap();
    file["traceEvents"].as_array().unwrap().clone()
}

/// The entries of one phase.
fn phase<'a>(entries: &'a [Value], ph: &'a str) -> impl Iterator<Item = &'a Value> {
    entries.iter().filter(move |entry| entry["ph"] == ph)
}

/// The track that is called `name`.
fn track(entries: &[Value], name: &str) -> u64 {
    let names =
        |entry: &&Value| entry["name"] == "thread_name" && entry["args"]["name"] == name;
    let found = entries.iter().find(names);
    found.and_then(|entry| entry["tid"].as_u64()).unwrap()
}

/// The slices of a track, as (name, begin, end), in the order in which they end.
fn slices(entries: &[Value], tid: u64) -> Vec<(String, f64, f64)> {
    let (mut open, mut closed) = (Vec::new(), Vec::new());
    for entry in entries.iter().filter(|entry| entry["tid"] == tid) {
        let ts = entry["ts"].as_f64();
        if entry["ph"] == "B" {
            open.push((entry["name"].as_str().unwrap().to_owned(), ts.unwrap()));
        } else if entry["ph"] == "E" {
            let (name, begin) = open.pop().expect("an end has its beginning");
            closed.push((name, begin, ts.unwrap()));
        }
    }
    assert_eq!(open, [], "a beginning has its end");
    closed
}

#[test]
fn every_task_has_a_track() {
    for trace in all() {
        let entries = entries(&trace);
        let mut tracks: Vec<u64> =
            trace.tasks().iter().map(|task| track(&entries, task)).collect();
        assert!(tracks.is_sorted(), "in the order in which they appear");
        tracks.dedup();
        assert_eq!(tracks.len(), trace.tasks().len());
    }
}

#[test]
fn every_beginning_has_its_end_on_its_own_track() {
    let whole = everything();
    let cut = |length| {
        let events = whole.events[..length].to_vec();
        Trace { header: whole.header.clone(), events }
    };
    for trace in all().into_iter().chain((0..whole.events.len()).map(cut)) {
        let entries = entries(&trace);
        let mut begun = BTreeMap::new();
        for entry in phase(&entries, "B") {
            *begun.entry(entry["tid"].as_u64().unwrap()).or_insert(0) += 1;
        }
        for (tid, begun) in begun {
            assert_eq!(slices(&entries, tid).len(), begun);
        }
    }
}

#[test]
fn times_never_go_back_on_a_track() {
    for trace in all() {
        let mut last = BTreeMap::new();
        for entry in entries(&trace).iter().filter(|entry| entry["ph"] != "M") {
            let ts = entry["ts"].as_f64().unwrap();
            let before = last.insert(entry["tid"].as_u64().unwrap(), ts);
            assert!(before.is_none_or(|before| before <= ts), "{entry}");
        }
    }
}

#[test]
fn resumptions_of_one_instant_are_drawn_one_after_the_other() {
    let entries = entries(&sleepers(2));
    let runs = |name: &str| {
        let slices = slices(&entries, track(&entries, name));
        slices.into_iter().filter(|(name, ..)| name == "runs").collect::<Vec<_>>()
    };
    let (first, second) = (runs("sleepy-1"), runs("sleepy-2"));
    assert_eq!((first.len(), second.len()), (4, 4));
    for ((_, begin, end), (_, next, _)) in first.iter().zip(&second) {
        assert!(begin < end && end < next);
    }
    // Ticks are dropped at the next instant: 50 ms are 50,000 microseconds.
    assert!((50_000.0..50_010.0).contains(&first[1].1), "{first:?}");
}

#[test]
fn a_suspended_slice_ends_where_the_task_runs_again() {
    let entries = entries(&delegation());
    let slices = slices(&entries, track(&entries, "outer"));
    let shown: Vec<&str> = slices.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(
        shown,
        [
            "runs",
            "suspended, yields 1",
            "runs",
            "suspended, yields 2",
            "runs with send \"abc\"",
            "suspended, yields 4",
            "runs with throw boom",
        ]
    );
    for pair in slices.windows(2) {
        assert!((pair[0].2 - pair[1].1).abs() < f64::EPSILON);
    }
}

#[test]
fn a_task_that_is_due_but_not_run_is_ready() {
    let entries = entries(&stubborn());
    let slices = slices(&entries, track(&entries, "sleepy"));
    let ready = slices.iter().find(|(name, ..)| name == "ready").unwrap();
    assert!((100_000.0..100_100.0).contains(&ready.1));
    assert!((300_000.0..300_100.0).contains(&ready.2));
}

#[test]
fn an_arrow_leads_from_the_waker_to_where_the_woken_task_runs() {
    let entries = entries(&everything());
    let (server, logger) = (track(&entries, "server"), track(&entries, "logger"));
    let leaves = phase(&entries, "s").find(|entry| entry["tid"] == server).unwrap();
    let mut arrives = phase(&entries, "f").filter(|entry| entry["id"] == leaves["id"]);
    assert_eq!(arrives.next().unwrap()["tid"], logger);
    let runs = phase(&entries, "B").filter(|entry| entry["tid"] == logger);
    let begins: Vec<&Value> = runs.map(|entry| &entry["ts"]).collect();
    let arrives = phase(&entries, "f").find(|entry| entry["id"] == leaves["id"]);
    assert!(begins.contains(&&arrives.unwrap()["ts"]));
}

#[test]
fn no_arrow_leads_to_a_task_that_was_woken_and_never_ran() {
    let story = Story::new();
    story.runs("late", &[], On::Future("the bell".to_owned()));
    story.observer.woken("late", "bell");
    story.observer.ended("late", How::Cancelled);
    let entries = entries(&story.trace("late"));
    assert_eq!(phase(&entries, "s").count(), 0);
}

#[test]
fn every_arrow_that_leaves_arrives_once() {
    for trace in all() {
        let entries = entries(&trace);
        let ids = |ph| {
            phase(&entries, ph).map(|entry| entry["id"].as_u64()).collect::<Vec<_>>()
        };
        let (mut left, mut arrived) = (ids("s"), ids("f"));
        left.sort_unstable();
        arrived.sort_unstable();
        assert_eq!(left, arrived);
    }
}

#[test]
fn the_counter_shows_what_a_wait_is_for_and_nothing_after_it() {
    let entries = entries(&sleepers(2));
    let counts: Vec<u64> = phase(&entries, "C")
        .map(|entry| entry["args"]["timers"].as_u64().unwrap())
        .collect();
    assert_eq!(counts, [2, 0, 2, 0, 2, 0]);
}

#[test]
fn what_was_printed_stands_on_the_track_of_the_task() {
    let entries = entries(&delegation());
    let main = track(&entries, "main");
    let said: Vec<&Value> = phase(&entries, "i")
        .filter(|entry| entry["tid"] == main)
        .map(|entry| &entry["name"])
        .collect();
    assert_eq!(said, ["prints: got 1", "prints: got 2", "prints: got 4"]);
}

#[test]
fn on_the_real_clock_times_are_kept_to_the_nanosecond() {
    let mut trace = sleepers(1);
    trace.header.virtual_time = false;
    for (t_ns, event) in trace.events.iter_mut().enumerate() {
        event.t_ns = 1_234 + 1_001 * (t_ns as u64 / 2);
    }
    let entries = entries(&trace);
    let begun = phase(&entries, "B").take(2).map(|entry| entry["ts"].as_f64().unwrap());
    // The second comes at the same time: a tick later, to keep the order.
    assert_eq!(begun.collect::<Vec<_>>(), [1.234, 1.235]);
}

#[test]
fn the_file_of_two_sleepers() {
    let mut trace = sleepers(2);
    trace.events.truncate(12);
    for event in &mut trace.events {
        event.at.file = "tests/fixtures/mod.rs".to_owned();
        event.at.line = 1;
    }
    insta::assert_snapshot!(trace.to_perfetto());
}
