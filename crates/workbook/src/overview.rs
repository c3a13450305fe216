//! `cargo workbook` alone: the chapters, what each adds, and what to do next.
//!
//! Invariant: it builds nothing and answers at once. So it says how many scenarios a
//! chapter has only where its program is there already, and not older than its sources.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{self, ExitCode};
use std::time::SystemTime;

use anstyle::Style;
use bookbinder::{Chapter, Workspace};

use crate::failure::Failure;
use crate::out;

/// What the list ends with.
const NEXT: [(&str, &str); 4] = [
    ("cargo workbook read", "the book, in your browser"),
    ("cargo workbook run ch02-sleep sleepy", "one scenario, and what happens in it"),
    (
        "cargo workbook play ch02-sleep waiter",
        "another, event by event: who runs, who waits",
    ),
    ("cargo test --workspace", "everything that the book claims, checked"),
];

pub(crate) fn overview(workspace: &Workspace) -> Result<ExitCode, Failure> {
    let chapters = workspace.chapters()?;
    let name = chapters.iter().map(|one| one.name.len()).max().unwrap_or(0);
    let about = chapters.iter().map(|one| one.about.chars().count()).max();
    let about = about.unwrap_or(0);
    let mut text = "Unrolled: the event loop, one turn at a time\n\n".to_owned();
    let bold = Style::new().bold();
    for chapter in &chapters {
        let count = counted(chapter);
        let line = format!("{:about$}  {count}", chapter.about);
        let line = line.trim_end();
        let _ = writeln!(text, "  {bold}{:name$}{bold:#}  {line}", chapter.name);
    }
    text += "\nnext:\n";
    for (command, what) in NEXT {
        let _ = writeln!(text, "  {command:37}  {what}");
    }
    out::print(&text)
}

/// `5 scenarios`, if that costs nothing to know: the program lies beside this one and is
/// newer than its sources.
fn counted(chapter: &Chapter) -> String {
    match count(chapter) {
        None => String::new(),
        Some(1) => "1 scenario".to_owned(),
        Some(n) => format!("{n} scenarios"),
    }
}

fn count(chapter: &Chapter) -> Option<usize> {
    let program = std::env::current_exe().ok()?.with_file_name(&chapter.name);
    let built = fs::metadata(&program).ok()?.modified().ok()?;
    let is_newer = ["src", "scenarios", "Cargo.toml"]
        .iter()
        .all(|it| newest(&chapter.dir.join(it)).is_some_and(|changed| changed < built));
    let program = is_newer.then_some(program)?;
    let output = process::Command::new(program).arg("--list").output().ok()?;
    Some(String::from_utf8(output.stdout).ok()?.lines().count())
}

/// When the file, or anything in the directory, last changed.
fn newest(path: &Path) -> Option<SystemTime> {
    let own = fs::metadata(path).ok()?.modified().ok()?;
    let Ok(entries) = fs::read_dir(path) else {
        return Some(own);
    };
    let mut below = entries.map(|entry| newest(&entry.ok()?.path()));
    below.try_fold(own, |newest, one| Some(newest.max(one?)))
}
