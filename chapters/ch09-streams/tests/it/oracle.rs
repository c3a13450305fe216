//! The same program in Python and in Rust: the same lines, at the same times, by the same
//! tasks, in the same turns of the loop.
//!
//! `oracle/NNN.events` holds what CPython 3.11 did, a line per printed line: time in
//! milliseconds, turn (counted from the run's first line), task, text. `*` is a turn that
//! isn't compared: asyncio's transport reads once in a turn, so the end of a stream that
//! came with its last bytes is seen a turn later there; and to make a stream of a socket
//! takes two turns there and none here.

use std::path::Path;

use trace::{Clock, Observer, Setting, What};

use crate::twins;

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

twins! {
    oracle_037_echo_streams = "037": twins::echo;
    oracle_044_async_iterator = "044": twins::iterate;
    oracle_045_async_context_manager = "045": twins::contexts;
    oracle_109_stream_read_chain = "109": twins::read_chain;
    oracle_114_latency_of_streams = "114": twins::latency;
}
