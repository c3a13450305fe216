//! The same program in Python and in Rust: the same lines, at the same times, by the same
//! tasks, in the same turns of the loop.
//!
//! `oracle/NNN.events` holds what CPython 3.11 did, a line per printed line: time in
//! milliseconds, turn (counted from the run's first line), task, text. `main` is what runs
//! outside the loop (in no turn: `-`), `*` a turn that differs here, for a reason that the
//! last page of the chapter gives. An empty line parts two runs of a loop; tasks are
//! numbered from 1 in each.
//!
//! Without a twin, since Rust's types leave no such program to run: a loop used after its
//! end (020), the states of a coroutine object and a second await of one (021), `wait`
//! given coroutines (087), `run` given a function (088), a task as a subclass (113). Of the thousand calls (096) the queue and the threads belong to
//! other chapters. `wait` of nothing (029) is an error there, and no wait here.

#![allow(clippy::unwrap_used, reason = "these are tests, their helpers included")]

mod twins;

use std::path::Path;

use trace::{Clock, Observer, Setting, What};

/// One line of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    t_ms: u64,
    /// None: not compared.
    turn: Option<u64>,
    task: String,
    text: String,
}

/// The runs that Python made, each with its lines.
fn recorded(number: &str) -> Vec<Vec<Line>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle");
    let file = folder.join(format!("{number}.events"));
    let text = std::fs::read_to_string(file).expect("recorded events");
    let (_, text) = text.split_once('\n').expect("a heading");
    text.split("\n\n").map(|run| run.lines().map(line).collect()).collect()
}

fn line(text: &str) -> Line {
    let parts: Vec<&str> = text.splitn(4, '\t').collect();
    let [t_ms, turn, task, text] = parts[..] else { panic!("four columns: {text:?}") };
    let t_ms = t_ms.parse().expect("a time");
    Line { t_ms, turn: turn.parse().ok(), task: task.into(), text: text.into() }
}

/// What the twin prints, all runs in one.
fn printed(twin: fn(&Setting)) -> Vec<Line> {
    let clock = Clock::virtual_time();
    let observer = Observer::recording(clock.clone());
    let setting = Setting { clock, observer };
    setting.observer.around("main", || twin(&setting));
    let lines = setting.observer.events().into_iter().filter_map(|event| {
        let What::Printed { text } = event.what else { return None };
        let task = event.task.expect("somebody printed it");
        let turn = Some(event.turn);
        Some(Line { t_ms: event.t_ns / 1_000_000, turn, task, text })
    });
    lines.collect()
}

/// Counts turns from the first line of a run, and leaves out those that `like` does.
fn comparable(run: &[Line], like: &[Line]) -> Vec<Line> {
    let first = run.iter().zip(like).find(|(_, like)| like.turn.is_some());
    let first = first.and_then(|(line, _)| line.turn).unwrap_or(0);
    let relative = |(line, like): (&Line, &Line)| {
        let turn = line.turn.filter(|_| like.turn.is_some()).map(|turn| turn - first);
        Line { turn, ..line.clone() }
    };
    run.iter().zip(like).map(relative).collect()
}

fn check(number: &str, twin: fn(&Setting)) {
    let (recorded, printed) = (recorded(number), printed(twin));
    let all: Vec<_> = recorded.concat();
    let texts = |lines: &[Line]| lines.iter().map(|l| l.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&printed), texts(&all), "level A: the lines");
    let mut rest = &printed[..];
    for run in &recorded {
        let (own, later) = rest.split_at(run.len());
        assert_eq!(
            comparable(own, run),
            *run,
            "levels B and C: who, when, in which turn"
        );
        rest = later;
    }
}

macro_rules! twins {
    ($($name:ident = $number:literal: $twin:path;)*) => {
        $(#[test] fn $name() { check($number, $twin); })*
    };
}

use twins::{errors, gathers, groups, waits};

twins! {
    oracle_019_gather_abc = "019": gathers::gather_abc;
    oracle_020_one_loop_after_another = "020": gathers::one_loop_after_another;
    oracle_021_called_is_not_run = "021": gathers::called_is_not_run;
    oracle_026_gather_errors_and_cancels = "026": errors::gather_errors_and_cancels;
    oracle_027_shield = "027": waits::shield_twin;
    oracle_028_wait_for = "028": waits::wait_for_twin;
    oracle_029_wait_for_a_task = "029": waits::wait_for_a_task;
    oracle_030_wait_until = "030": waits::wait_until;
    oracle_031_as_completed = "031": waits::as_completed_twin;
    oracle_046_nursery = "046": groups::nursery;
    oracle_065_count = "065": gathers::count;
    oracle_074_chained = "074": gathers::chained;
    oracle_076_draw = "076": gathers::draw;
    oracle_084_coroutines_or_tasks = "084": gathers::coroutines_or_tasks;
    oracle_087_wait_for_five = "087": waits::wait_for_five;
    oracle_088_gather_five = "088": gathers::gather_five;
    oracle_092_groups_in_a_group = "092": gathers::groups_in_a_group;
    oracle_093_group_cancelled = "093": gathers::group_cancelled;
    oracle_094_three_phases = "094": waits::three_phases;
    oracle_095_wait_and_gather = "095": waits::wait_and_gather;
    oracle_096_bounded = "096": gathers::bounded;
    oracle_106_looks_and_waits = "106": waits::looks_and_waits;
    oracle_113_goes_on = "113": gathers::goes_on;
    oracle_114_latency = "114": groups::latency;
}
