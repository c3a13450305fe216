//! The same program in Python and in Rust: the same lines, at the same times, by the same
//! tasks, in the same turns of the loop.
//!
//! `oracle/NNN.events` holds what CPython 3.11 did, a line per printed line: time in
//! milliseconds, turn (counted from the run's first line), task, text. `callback` is a
//! plain function that the loop calls, `main` what runs outside it (in no turn: `-`),
//! `*` a turn that depends on rows that Rust has no counterpart of. An empty line parts
//! two runs of a loop; tasks are numbered from 1 in each.
//!
//! Left out of the rows, because no Rust program can do it: to release a lock or notify a
//! condition that one doesn't hold (038, 039: the guard is the right to), and a semaphore
//! of less than nothing (040: it is a `usize`). A choice (108) is several tasks in Python
//! and none here, so its turns aren't compared; nor are threads (107), which come later.

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

/// In asyncio a woken getter looks again, and finds that a newcomer has its item. Here
/// the item is given to the first in line when it is put.
#[test]
fn a_newcomer_gets_the_item_of_a_woken_task_in_asyncio_and_not_here() {
    let who = |lines: &[Line]| {
        let who = lines.iter().map(|line| format!("{} {}", line.task, line.text));
        who.collect::<Vec<_>>()
    };
    let theirs = recorded("barging").concat();
    assert_eq!(who(&theirs), ["newcomer gets the item", "early gets another"]);
    let ours = printed(queues::barging);
    assert_eq!(who(&ours), ["early gets the item", "newcomer gets another"]);
}

macro_rules! twins {
    ($($name:ident = $number:literal: $twin:path;)*) => {
        $(#[test] fn $name() { check($number, $twin); })*
    };
}

use twins::{channels, locks, queues, signals};

twins! {
    oracle_035_queue_kinds = "035": queues::kinds;
    oracle_036_queue_workers = "036": queues::workers;
    oracle_038_lock = "038": locks::lock;
    oracle_039_condition = "039": signals::condition;
    oracle_040_semaphore = "040": locks::semaphore;
    oracle_041_event_listener = "041": signals::event_listener;
    oracle_042_event_set_clear = "042": signals::event_set_clear;
    oracle_075_producers_consumers = "075": queues::producers_consumers;
    oracle_104_mailbox = "104": channels::mailbox;
    oracle_105_barrier = "105": signals::barrier;
    oracle_106_exit_code = "106": channels::exit_code;
    oracle_107_ask_or_wait = "107": queues::ask_or_wait;
    oracle_108_choice = "108": channels::choice;
    oracle_114_latency = "114": locks::latency;
}
