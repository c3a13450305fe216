//! Real CPython beside real Rust. `tests/oracle/CHAPTER/NAME.py` is a scenario in
//! Python, `NAME.expected` what CPython 3.11 printed for it, and the chapter's scenario
//! NAME must print the same lines in the same order: from chapter 2 on at the same time
//! and by the same task.

use std::path::{Path, PathBuf};
use std::process::Command;

use trace::{Trace, What};

use crate::{PROGRAMS, path};

/// The Python programs of a chapter, in order of their names.
fn programs(folder: &str) -> Vec<PathBuf> {
    let files =
        path("tests/oracle").join(folder).read_dir().expect("the oracle's folder");
    let files = files.map(|file| file.expect("a readable entry").path());
    let mut programs: Vec<_> =
        files.filter(|file| file.extension().is_some_and(|e| e == "py")).collect();
    programs.sort();
    assert!(!programs.is_empty(), "no Python program in tests/oracle/{folder}");
    programs
}

/// The scenario that a Python program stands beside.
fn name(program: &Path) -> &str {
    program.file_stem().and_then(|name| name.to_str()).expect("an ASCII name")
}

fn recorded(program: &Path) -> String {
    let file = program.with_extension("expected");
    std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

/// The recording of `program`'s Rust twin.
fn twin(chapter: &str, program: &Path) -> Trace {
    PROGRAMS.trace(chapter, name(program)).expect("every Python program has its scenario")
}

/// What a trace printed, as the Python programs of chapter 2 print: milliseconds, task,
/// text.
fn timed(trace: &Trace) -> String {
    let lines = trace.events.iter().filter_map(|event| match &event.what {
        What::Printed { text } => {
            let task = event.task.as_deref().unwrap_or("loop");
            Some(format!("{} {task} {text}\n", event.t_ns / 1_000_000))
        }
        _ => None,
    });
    lines.collect()
}

/// Scenarios that Python has no twin of.
const WITHOUT_TWIN: [&str; 1] = ["parts-too-early"];

#[test]
fn every_scenario_of_ch01_has_its_python_twin() {
    let programs = programs("ch01");
    let mut twins: Vec<_> = programs.iter().map(|program| name(program)).collect();
    twins.extend(WITHOUT_TWIN);
    twins.sort_unstable();
    let mut scenarios = crate::scenarios("ch01-generators");
    scenarios.sort();
    assert_eq!(scenarios, twins);
}

#[test]
fn ch01_prints_what_cpython_prints() {
    for program in programs("ch01") {
        let output = twin("ch01-generators", &program).to_output();
        assert_eq!(output, recorded(&program), "{}", program.display());
    }
}

#[test]
fn ch02_prints_what_cpython_prints_at_the_same_time() {
    for program in programs("ch02").iter().filter(|program| name(program) != "sleepy") {
        let timed = timed(&twin("ch02-sleep", program));
        assert_eq!(timed, recorded(program), "{}", program.display());
    }
}

/// CPython's timers are a heap without sequence numbers: tasks that asked for the same
/// moment come out in some order, where this loop keeps the order in which they asked.
#[test]
fn ch02_sleepy_differs_from_cpython_in_the_order_of_ties_and_in_nothing_else() {
    let program = path("tests/oracle/ch02/sleepy.py");
    let (ours, theirs) = (timed(&twin("ch02-sleep", &program)), recorded(&program));
    let in_any_order = |text: &str| {
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(in_any_order(&ours), in_any_order(&theirs));
    assert_ne!(
        ours, theirs,
        "ties agree now: compare them above, and say so in the book"
    );
}

/// The record of `program` with its turns counted from each run's first, as chapter 6
/// keeps them: lines of time, turn, task and text; runs parted by an empty line.
fn from_first_turn(record: &str) -> Vec<Vec<String>> {
    record
        .trim_end()
        .split("\n\n")
        .flat_map(|run| {
            let lines: Vec<Vec<&str>> =
                run.lines().map(|line| line.splitn(4, '\t').collect()).collect();
            let turns = lines.iter().filter_map(|line| line[1].parse::<u64>().ok());
            let first = turns.min().unwrap_or(0);
            let counted = move |turn: &str| match turn.parse::<u64>() {
                Ok(turn) => (turn - first).to_string(),
                Err(_) => turn.to_owned(),
            };
            let line = move |line: Vec<&str>| {
                vec![
                    line[0].to_owned(),
                    counted(line[1]),
                    line[2].to_owned(),
                    line[3].to_owned(),
                ]
            };
            lines.into_iter().map(line).collect::<Vec<_>>()
        })
        .collect()
}

/// Chapters from 6 on compare their own programs with `tests/oracle/NNN.events`, turn by
/// turn. Here those facts are compared with what CPython printed for the program of that
/// number.
#[test]
fn what_chapters_are_compared_with_is_what_cpython_does() {
    for chapter in ["ch06-tasks", "ch07-gather", "ch08-queues", "ch09-streams"] {
        let facts = path("chapters").join(chapter).join("tests/oracle");
        for program in programs(&chapter[..4]) {
            check_facts(&facts.join(name(&program)).with_extension("events"), &program);
        }
    }
}

fn check_facts(facts: &Path, program: &Path) {
    let facts = std::fs::read_to_string(facts).expect("every program has its facts");
    let (_, facts) = facts.split_once('\n').expect("a line of headings");
    let mut expected = from_first_turn(facts);
    let mut recorded = from_first_turn(&recorded(program));
    // `*`: a turn of rows that have no twin in Rust, or in which it differs.
    for (fact, line) in expected.iter_mut().zip(&mut recorded) {
        if fact[1] == "*" {
            line[1].clone_from(&fact[1]);
        }
    }
    assert_eq!(recorded, expected, "{}", program.display());
}

/// Python 3.11 or later, if this machine has one.
fn python() -> Option<&'static str> {
    let version = "import sys; sys.exit(sys.version_info < (3, 11))";
    let fits = |python: &&str| {
        let run = Command::new(python).args(["-c", version]).output();
        run.is_ok_and(|run| run.status.success())
    };
    ["python3", "python3.13", "python3.12", "python3.11"].into_iter().find(fits)
}

#[test]
fn the_record_is_what_python_prints_today() {
    let Some(python) = python() else {
        let is_required = std::env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(!is_required, "CI=true needs Python 3.11 or later, and finds none");
        return crate::skip("no Python 3.11 or later on this machine");
    };
    let folders =
        ["ch01", "ch02", "ch06", "ch07", "ch08", "ch09", "claims"].map(programs);
    let programs = folders.into_iter().flatten();
    let printed = run_all(python, programs);
    for (program, printed) in printed {
        assert_eq!(printed, recorded(&program), "{}", program.display());
    }
}

/// What each program prints, run by `all.py`: Python takes longer to start than any of them.
fn run_all(
    python: &str,
    programs: impl Iterator<Item = PathBuf>,
) -> Vec<(PathBuf, String)> {
    let (folder, programs) = (path("tests/oracle"), programs.collect::<Vec<_>>());
    let mut run = Command::new(python);
    run.arg("-B").arg(folder.join("all.py")).args(&programs).env("PYTHONPATH", folder);
    let run = run.output().expect("Python runs");
    let (lines, errors) =
        (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    let printed = |(program, line): (PathBuf, &str)| {
        let line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        assert_eq!(line["status"], 0, "{}: {errors}", program.display());
        (program, line["printed"].as_str().expect("text").to_owned())
    };
    assert_eq!(lines.lines().count(), programs.len(), "{errors}");
    programs.into_iter().zip(lines.lines()).map(printed).collect()
}
