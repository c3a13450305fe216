//! Tests of the tests: one changed character in whatever the book shows must fail.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use bookbinder::{Shown, Workspace, page};

use crate::book::{ONE_PAGE, built, differences, verbatim};
use crate::{PROGRAMS, chapters, path};

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

/// What the build says to a page that asks `name` of chapter 2, once `find` is `other` in
/// the file of questions.
fn refusal(name: &str, find: &str, other: &str) -> String {
    const QUESTIONS: &str = "book/questions/ch02-sleep.toml";
    let copy = tempfile::tempdir().expect("a temporary directory");
    let manifests = chapters().into_iter().map(|it| format!("chapters/{it}/Cargo.toml"));
    for file in manifests.chain(["Cargo.toml".to_owned(), QUESTIONS.to_owned()]) {
        let to = copy.path().join(&file);
        fs::create_dir_all(to.parent().expect("in a folder")).expect("a folder");
        fs::copy(path(&file), to).expect("copied");
    }
    let workspace = Workspace::find(copy.path()).expect("a workbook");
    let ask =
        || page(&workspace, &PROGRAMS, "page.md", &format!("{{{{#question {name}}}}}\n"));
    assert!(ask().is_ok(), "{name} is refused as it is: {:?}", ask());
    let file = copy.path().join(QUESTIONS);
    let text = fs::read_to_string(&file).expect("questions");
    assert!(text.contains(find), "no {find} to tamper with");
    fs::write(&file, text.replacen(find, other, 1)).expect("written");
    let said = ask().expect_err("a tampered key stops the build").to_string();
    let place = format!("page.md:1: {QUESTIONS}: {name}: ");
    assert!(said.starts_with(&place), "{said}");
    said[place.len()..].to_owned()
}

#[test]
fn an_answer_that_is_not_so_stops_the_build() {
    let said = refusal("eleven-times", "answer = \"11\"", "answer = \"10\"");
    assert!(said.contains("the answer is `10`, and the trace says `11`"), "{said}");
    let said = refusal("eleven-times", "is = \"10\"", "is = \"11\"");
    assert!(said.contains("`11` stands among the wrong choices"), "{said}");
    let said = refusal("late-again", "until 1050 ms", "until 1100 ms");
    assert!(said.contains("the trace says `sleepy suspended until 1050 ms`"), "{said}");
    let said =
        refusal("no-name", "rows = \"asleep resumed\"", "rows = \"sleepy-1 resumed\"");
    assert!(said.contains("`Under `asleep`` stands among the wrong choices"), "{said}");
}

#[test]
fn an_event_that_never_happened_stops_the_build() {
    let said = refusal("an-evening", "Cyd prints: orders", "Cyd prints: order");
    let expected = "no row of the trace of waiter ends in `Cyd prints: order`; \
                    did you mean `Cyd prints: orders`?";
    assert_eq!(said, expected);
}

#[test]
fn an_event_without_a_place_of_its_own_stops_the_build() {
    let said = refusal("an-evening", "Cyd prints: orders", "Cyd resumed");
    assert!(
        said.contains("`Cyd resumed` is 2 rows of the trace of waiter (lines 10, 15)"),
        "{said}"
    );
    let said = refusal("an-evening", "Ada prints: orders", "1 min 4 Cyd prints: orders");
    assert!(said.contains("is the row of another event, too"), "{said}");
}

#[test]
fn a_waker_that_is_another_stops_the_build() {
    let said = refusal(
        "only-the-loop-wakes",
        "answer = \"timer of sleepy\"",
        "answer = \"stubborn\"",
    );
    assert!(said.contains("the trace says `timer of sleepy` (by `wakes`)"), "{said}");
}
