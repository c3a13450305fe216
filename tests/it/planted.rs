//! Tests of the tests: each file in `planted/` is a bug to be planted in a copy of
//! chapter 6, and names the test that must find it.
//!
//! Each costs a compilation, so they run where `CI` or `UNROLLED_PLANTED` is set. That
//! each still fits its source is checked always.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::path;

const CHAPTER: &str = "ch06-tasks";

/// A bug to be planted.
struct Planted {
    name: String,
    /// The file of the chapter, and the test that must fail.
    file: String,
    test: String,
    /// The text that stands there once, and what takes its place.
    good: String,
    bad: String,
}

fn planted() -> Vec<Planted> {
    let files = path("tests/planted").read_dir().expect("a folder of bugs");
    let mut files: Vec<_> = files.map(|file| file.expect("readable").path()).collect();
    files.sort();
    files.iter().map(|file| parse(file)).collect()
}

/// `in FILE`, `found by TEST`, and two texts, each under a line of its own.
fn parse(file: &Path) -> Planted {
    let whole = fs::read_to_string(file).expect("a planted bug is text");
    let parts = whole.split_once("=== good\n").and_then(|(head, rest)| {
        let (good, bad) = rest.split_once("=== bad\n")?;
        let find = |what| head.lines().find_map(|line| line.strip_prefix(what));
        Some((find("in ")?, find("found by ")?, good, bad))
    });
    let name = file.file_stem().expect("named").to_string_lossy().into_owned();
    let (file, test, good, bad) = parts.unwrap_or_else(|| panic!("{name}: its form"));
    let [file, test, good, bad] = [file, test, good, bad].map(str::to_owned);
    Planted { name, file, test, good, bad }
}

impl Planted {
    /// The text of its file, with the bug in it.
    fn plant(&self, text: &str) -> String {
        let times = text.matches(&self.good).count();
        assert_eq!(times, 1, "{}: its good text is in {} so often", self.name, self.file);
        text.replace(&self.good, &self.bad)
    }
}

#[test]
fn every_planted_bug_fits_its_source_and_names_a_test() {
    let chapter = path("chapters").join(CHAPTER);
    for bug in planted() {
        bug.plant(&fs::read_to_string(chapter.join(&bug.file)).expect("a source"));
        let (module, test) = bug.test.split_once("::").expect("module::test");
        let tests = chapter.join(format!("tests/it/{module}.rs"));
        let tests = fs::read_to_string(tests).expect("a module of tests");
        assert!(tests.contains(test), "{}: no {}", bug.name, bug.test);
    }
}

#[test]
fn every_planted_bug_is_found_by_the_test_that_it_names() {
    if ["CI", "UNROLLED_PLANTED"].iter().all(|it| std::env::var_os(it).is_none()) {
        return crate::skip(
            "bugs planted in chapter 6; UNROLLED_PLANTED=1 cargo test -p workspace-tests \
             planted runs them",
        );
    }
    let copy = copied();
    let output = test(&copy, &[]);
    assert!(output.contains("test result: ok"), "unharmed, it passes:\n{output}");
    for bug in planted() {
        let file = copy.join(CHAPTER).join(&bug.file);
        let text = fs::read_to_string(&file).expect("it was copied");
        fs::write(&file, bug.plant(&text)).expect("written");
        let output = test(&copy, &["--exact", &bug.test]);
        fs::write(&file, text).expect("written");
        let failed = format!("test {} ... FAILED", bug.test);
        assert!(output.contains(&failed), "{} is overlooked:\n{output}", bug.name);
    }
}

/// What the chapter's behaviour tests say, in the workspace `copy`.
fn test(copy: &Path, args: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut test = Command::new(cargo);
    test.args(["test", "--offline", "--no-fail-fast", "--test", "it", "--"]).args(args);
    test.current_dir(copy).env("CARGO_TARGET_DIR", copy.with_extension("target"));
    let output = test.env("RUST_BACKTRACE", "0").output().expect("cargo runs");
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    String::from_utf8_lossy(&output.stdout).into_owned() + &stderr
}

/// A workspace of the chapter alone. Its dependencies are built once, for all bugs and
/// for the next time.
fn copied() -> PathBuf {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("planted");
    let _ = fs::remove_dir_all(&copy);
    copy_folder(&path("chapters").join(CHAPTER), &copy.join(CHAPTER));
    let root = fs::read_to_string(path("Cargo.toml")).expect("a workspace");
    let mut root: toml::Table = root.parse().expect("it parses");
    let workspace = root["workspace"].as_table_mut().expect("it is one");
    workspace.insert("members".into(), vec![CHAPTER].into());
    for (_, dependency) in
        workspace["dependencies"].as_table_mut().expect("it has some").iter_mut()
    {
        if let Some(below_root) = dependency.get_mut("path") {
            let here = path(below_root.as_str().expect("a path"));
            *below_root = here.to_string_lossy().into_owned().into();
        }
    }
    fs::write(copy.join("Cargo.toml"), root.to_string()).expect("written");
    fs::copy(path("Cargo.lock"), copy.join("Cargo.lock")).expect("copied");
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder to copy into");
    for entry in from.read_dir().expect("a folder") {
        let from = entry.expect("readable").path();
        let to = to.join(from.file_name().expect("named"));
        match from.is_dir() {
            true => copy_folder(&from, &to),
            false => drop(fs::copy(&from, &to).expect("copied")),
        }
    }
}
