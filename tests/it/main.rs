//! What no chapter can test alone: that stages differ as the snapshots say, that the
//! book shows what programs do, that programs do what CPython does, that what the book
//! says of itself is so, and that the repository keeps its own rules.

mod carried;
mod fold;
mod oracle;
mod planted;
mod repeat;
mod rules;
mod stage_diffs;
mod pages;
mod book;
mod bugs;
mod questions;
mod claims;
mod reference;
mod players;
mod html;
mod site;
mod faulty_site;
mod spelling;
mod tampering;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use bookbinder::{Programs, Workspace};

/// The workspace that these tests are a member of.
static WORKSPACE: LazyLock<Workspace> = LazyLock::new(|| {
    Workspace::find(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("tests are a member")
});

/// Every chapter's program, built once for all tests.
static PROGRAMS: LazyLock<Programs> =
    LazyLock::new(|| Programs::build(&WORKSPACE).expect("the chapters build"));

/// A path below the workspace's root.
fn path(below_root: &str) -> PathBuf {
    WORKSPACE.root().join(below_root)
}

/// The names of all chapters, in order.
fn chapters() -> Vec<String> {
    let chapters = WORKSPACE.chapters().expect("the chapters' manifests are readable");
    chapters.into_iter().map(|chapter| chapter.name).collect()
}

/// The names of a chapter's scenarios, in its own order.
fn scenarios(chapter: &str) -> Vec<String> {
    let scenarios =
        PROGRAMS.scenarios(chapter).expect("every chapter lists its scenarios");
    scenarios.into_iter().map(|(name, _)| name).collect()
}

/// Says what a test leaves out. Not by `eprintln!`: the harness would keep the line.
fn skip(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}

/// Whether a line of Rust is code: neither blank nor a comment alone.
fn is_code(line: &str) -> bool {
    !(line.trim().is_empty() || line.trim_start().starts_with("//"))
}
