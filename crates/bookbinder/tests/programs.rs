//! Building and running chapters' programs, on a workbook whose one chapter does next to
//! nothing. It lies in Cargo's own directory for tests, so that it's compiled once.

#![expect(clippy::unwrap_used, reason = "a test may panic, and says where")]

use std::fs;
use std::path::{Path, PathBuf};

use bookbinder::{Programs, Workspace};

/// The command line of a chapter, with a recording that is written down.
const PROGRAM: &str = r##"
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["--list"] => print!("hello\tsays it\nwordy\tno trace\nfailing\tfails\n"),
        ["hello", "--trace", "jsonl"] => {
            let runs = std::fs::read_to_string("runs").unwrap_or_default() + "x";
            std::fs::write("runs", runs).unwrap();
            println!(r#"{{"schema":1,"program":"p","scenario":"hello","clock":"virtual"}}"#);
        }
        ["failing", ..] => { eprintln!("on purpose"); std::process::exit(3) }
        _ => println!("{args:?} in {}", std::env::current_dir().unwrap().display()),
    }
}
"##;

/// A workbook with one chapter whose program is `source`.
fn workbook(chapter: &str, source: &str) -> Workspace {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("of-{chapter}"));
    let dir = root.join("chapters").join(chapter);
    write(root.join("Cargo.toml"), "[workspace]\nmembers = ['chapters/*']\n");
    let manifest = format!("[package]\nname = '{chapter}'\nedition = '2024'\n");
    write(dir.join("Cargo.toml"), &manifest);
    write(dir.join("src/main.rs"), source);
    Workspace::find(&root).unwrap()
}

/// Writes a file, unless it has this text: Cargo compiles again what is newer.
fn write(path: PathBuf, text: &str) {
    if !fs::read_to_string(&path).is_ok_and(|old| old == text) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn programs() -> Programs {
    Programs::build(&workbook("ch93-gamma", PROGRAM)).unwrap()
}

#[test]
fn scenarios_come_in_the_chapters_order() {
    let scenarios = programs().scenarios("ch93-gamma").unwrap();
    let hello = ("hello".to_owned(), "says it".to_owned());
    assert_eq!((scenarios.len(), &scenarios[0]), (3, &hello));
}

#[test]
fn a_recording_is_made_once() {
    let programs = programs();
    let runs = programs_root(&programs).join("runs");
    let _ = fs::remove_file(&runs);
    let first = programs.trace("ch93-gamma", "hello").unwrap();
    assert_eq!(programs.trace("ch93-gamma", "hello").unwrap(), first);
    assert_eq!(fs::read_to_string(runs).unwrap(), "x");
}

/// As the program itself says.
fn programs_root(programs: &Programs) -> PathBuf {
    let said = programs.run("ch93-gamma", &["where"]).unwrap().stdout;
    PathBuf::from(said.trim_end().rsplit_once(" in ").unwrap().1)
}

#[test]
fn programs_run_in_the_workspaces_root() {
    let workspace = workbook("ch93-gamma", PROGRAM);
    assert_eq!(programs_root(&programs()), workspace.root());
}

#[test]
fn an_unknown_scenario_is_answered_with_the_nearest() {
    let error = programs().trace("ch93-gamma", "helo").unwrap_err().to_string();
    assert_eq!(
        error,
        "no scenario of ch93-gamma is called `helo`; did you mean `hello`? There are: \
         hello, wordy, failing"
    );
}

#[test]
fn an_unknown_chapter_is_an_error_too() {
    let error = programs().trace("ch93-gama", "hello").unwrap_err().to_string();
    assert!(error.contains("did you mean `ch93-gamma`?"), "{error}");
}

#[test]
fn what_is_no_trace_is_refused_with_its_command() {
    let error = programs().trace("ch93-gamma", "wordy").unwrap_err().to_string();
    assert!(error.starts_with("ch93-gamma wordy --trace jsonl: "), "{error}");
}

#[test]
fn a_program_that_fails_is_quoted() {
    let error = programs().trace("ch93-gamma", "failing").unwrap_err().to_string();
    assert!(error.ends_with("failed: on purpose"), "{error}");
    let output = programs().run("ch93-gamma", &["failing"]).unwrap();
    assert_eq!((output.success, output.stderr.as_str()), (false, "on purpose\n"));
}

#[test]
fn a_command_line_runs_what_was_built() {
    let programs = programs();
    let said = |line| programs.command(line).unwrap().stdout;
    assert!(said("cargo run -p ch93-gamma -- a --b").starts_with("[\"a\", \"--b\"] in "));
    assert!(said("cargo run --package ch93-gamma").starts_with("[] in "));
    assert!(said("cargo --version").starts_with("cargo "));
}

#[test]
fn only_lines_of_cargos_are_run() {
    let error = programs().command("rm -r book").unwrap_err().to_string();
    assert!(error.starts_with("`rm -r book` is not run here"), "{error}");
}

#[test]
fn a_chapter_that_does_not_compile_is_named_with_the_reason() {
    let broken = workbook("ch94-broken", "fn main() { missing() }\n");
    let chapter = broken.chapter("94").unwrap();
    let error = Programs::build_one(&broken, &chapter).unwrap_err().to_string();
    assert!(error.starts_with("can't build ch94-broken\n"), "{error}");
    assert!(error.contains("cannot find function `missing`"), "{error}");
}
