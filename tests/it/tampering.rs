//! Tests of the tests: one changed character in whatever the book shows must fail.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use bookbinder::Shown;

use crate::book::{ONE_PAGE, built, differences, verbatim};
use crate::path;

/// `text` with another letter in place of the first one behind `find`.
fn flip(text: &str, find: &str) -> String {
    let start = text.find(find).unwrap_or_else(|| panic!("no {find:?} to tamper with"));
    let from = start + find.len();
    let at =
        text[from..].find(|c: char| c.is_ascii_alphanumeric()).expect("a letter") + from;
    let other = if &text[at..=at] == "7" { "8" } else { "7" };
    format!("{}{other}{}", &text[..at], &text[at + 1..])
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder to copy into");
    for entry in from.read_dir().expect("the snapshots") {
        let entry = entry.expect("readable").path();
        fs::copy(&entry, to.join(entry.file_name().expect("named"))).expect("copied");
    }
}

/// Whether this binary's test `name` passes on the snapshots below `root`.
fn passes(name: &str, root: &Path) -> bool {
    let mut test =
        Command::new(std::env::current_exe().expect("a test knows its program"));
    test.args(["--exact", name]).current_dir(path("tests"));
    test.envs([
        ("INSTA_UPDATE", "no"),
        (ONE_PAGE, "book/src/ch02-sleep/smallest-loop.md"),
        ("INSTA_WORKSPACE_ROOT", &root.to_string_lossy()),
    ]);
    test.output().expect("the test runs").status.success()
}

/// `name` passes on a copy of the snapshots, and fails once the letter behind `find` in
/// `file` is another.
fn check(name: &'static str, file: &str, find: &str) {
    if !is_untouched(name) {
        let why = "fails as things are, and says why itself: nothing to tamper with";
        return eprintln!("{name} {why}");
    }
    let root = tempfile::tempdir().expect("a temporary directory");
    let folder = root.path().join("tests/it/snapshots");
    copy(&path("tests/it/snapshots"), &folder);
    let file = folder.join(file);
    let text = fs::read_to_string(&file).expect("a snapshot of this name");
    fs::write(&file, flip(&text, find)).expect("written");
    assert!(
        !passes(name, root.path()),
        "{name} overlooks {find:?} in {}",
        file.display()
    );
}

/// Whether `name` passes on the snapshots as they are. Asked once for each.
fn is_untouched(name: &'static str) -> bool {
    static ASKED: Mutex<BTreeMap<&str, bool>> = Mutex::new(BTreeMap::new());
    let mut asked = ASKED.lock().expect("nobody panics with it");
    *asked.entry(name).or_insert_with(|| passes(name, crate::WORKSPACE.root()))
}

const SHOWN: &str = "book::what_each_page_shows_is_a_snapshot";

#[test]
fn a_changed_listing_is_noticed() {
    check(
        SHOWN,
        "shown--ch02-sleep--smallest-loop.snap",
        "{{#listing ch02-sleep src/sorted_list.rs",
    );
}

#[test]
fn a_changed_trace_is_noticed() {
    check(SHOWN, "shown--ch02-sleep--smallest-loop.snap", "prints: ");
}

#[test]
fn a_changed_picture_is_noticed() {
    check(SHOWN, "shown--ch02-sleep--smallest-loop.snap", "\npicture ");
}

#[test]
fn a_changed_stage_diff_is_noticed() {
    let diff = "stage_diffs::the_code_that_a_stage_changes";
    check(diff, "ch01-generators--ch02-sleep.code.snap", "\n+");
}

#[test]
fn a_changed_picture_in_the_readme_is_noticed() {
    let picture = "book::the_picture_of_the_readme_is_drawn_from_a_run";
    check(picture, "readme.snap.svg", "<title>");
}

/// The longest line of what `one` shows that is the same in HTML; of a picture, its title.
fn a_line(one: &Shown) -> String {
    if let Some(svg) = &one.svg {
        return svg
            .lines()
            .find(|line| line.starts_with("<title>"))
            .expect("titled")
            .to_owned();
    }
    let same = |line: &&str| !line.contains(['&', '<', '>', '"', '$', '\'']);
    let longest = one.text.lines().filter(same).max_by_key(|line| line.len());
    longest.expect("it shows something").trim().to_owned()
}

#[test]
fn a_changed_letter_in_a_built_page_is_noticed() {
    let shown = verbatim();
    for kind in ["{{#listing", "{{#trace", "{{#picture", "{{#output", "{{#diff"] {
        let one = shown.iter().find(|one| one.directive.starts_with(kind));
        let one = one.unwrap_or_else(|| panic!("no page has a {kind}"));
        let html = one.page.trim_start_matches("book/src/").replace(".md", ".html");
        let folder = tempfile::tempdir().expect("a temporary directory");
        let copy = folder.path().join(&html);
        fs::create_dir_all(copy.parent().expect("in a folder")).expect("a folder");
        let page = fs::read_to_string(built().join(&html)).expect("the page is built");
        fs::write(&copy, &page).expect("written");
        let only = std::slice::from_ref(one);
        assert_eq!(
            differences(folder.path(), only),
            [""; 0],
            "{kind} is found untouched"
        );
        let part = a_line(one);
        fs::write(&copy, page.replace(&part, &flip(&part, ""))).expect("written");
        assert_eq!(
            differences(folder.path(), only).len(),
            1,
            "{kind} was changed: {part}"
        );
    }
}
