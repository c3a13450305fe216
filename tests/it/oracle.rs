//! Real CPython beside real Rust. `tests/oracle/CHAPTER/NAME.py` is a scenario in
//! Python, `NAME.expected` what CPython 3.11 printed for it, and the chapter's scenario
//! NAME must print the same lines in the same order.

use std::path::{Path, PathBuf};
use std::process::Command;

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

fn name(program: &Path) -> &str {
    program.file_stem().and_then(|name| name.to_str()).expect("an ASCII name")
}

fn recorded(program: &Path) -> String {
    let file = program.with_extension("expected");
    std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

#[test]
fn ch01_prints_what_cpython_prints() {
    for program in programs("ch01") {
        let scenario = name(&program);
        let trace = PROGRAMS.trace("ch01-generators", scenario);
        let output = trace.expect("every Python program has its scenario").to_output();
        assert_eq!(
            output,
            recorded(&program),
            "scenario {scenario}, and CPython's words"
        );
    }
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
        return eprintln!("skipped: no Python 3.11 or later on this machine");
    };
    for program in programs("ch01") {
        let run = Command::new(python).arg(&program).output().expect("Python runs");
        let printed = String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        assert_eq!(printed, recorded(&program), "{}", program.display());
    }
}
