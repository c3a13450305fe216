//! Following a recording's `at` into the sources.

#![expect(clippy::unwrap_used, reason = "a test may panic, and says where")]

use std::fs;

use bookbinder::{Place, Workspace};
use tempfile::TempDir;
use trace::At;

const SOURCE: &str = "//! Acts.\n\nstruct Loop;\n\nimpl Loop {\n    /// Acts.\n    fn run() {\n        act();\n    }\n}\n";

/// A workspace with `chapters/one.rs`, and a directory beside it with `secret.rs`.
fn stage() -> (TempDir, Workspace) {
    let dir = TempDir::new().unwrap();
    let root = dir.path().join("root");
    fs::create_dir_all(root.join("chapters")).unwrap();
    fs::write(root.join("Cargo.toml"), "[workspace]\n").unwrap();
    fs::write(root.join("chapters/one.rs"), SOURCE).unwrap();
    fs::write(dir.path().join("secret.rs"), SOURCE).unwrap();
    std::os::unix::fs::symlink("../../secret.rs", root.join("chapters/link.rs")).unwrap();
    let workspace = Workspace::find(&root).unwrap();
    (dir, workspace)
}

fn place(file: &str, line: u32) -> Option<Place> {
    let (_dir, workspace) = stage();
    Place::of(&workspace, &At { file: file.to_owned(), line })
}

#[test]
fn a_line_is_shown_in_its_innermost_item() {
    let place = place("chapters/one.rs", 8).unwrap();
    assert_eq!(place.item.as_deref(), Some("Loop::run"));
    assert_eq!((place.first, place.line, place.lines.len()), (6, 8, 4));
    assert_eq!(place.lines[2], "        act();");
}

#[test]
fn a_line_outside_every_item_is_shown_in_its_file() {
    let place = place("chapters/one.rs", 1).unwrap();
    assert_eq!((place.item, place.first, place.lines.len()), (None, 1, 10));
}

#[test]
fn a_line_that_is_not_there_has_no_place() {
    assert_eq!(place("chapters/two.rs", 1), None);
    assert_eq!(place("chapters/one.rs", 0), None);
    assert_eq!(place("chapters/one.rs", 11), None);
}

#[test]
fn files_outside_the_workspace_are_not_read() {
    assert_eq!(place("../secret.rs", 1), None);
    assert_eq!(place("chapters/link.rs", 1), None);
}
