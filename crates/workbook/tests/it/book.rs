//! `build`: the book on disk.

use std::fs;

use tempfile::TempDir;

use crate::fixture::{Done, done, run, tool, workspace};

#[track_caller]
fn check_built(done: &Done, index: &std::path::Path) {
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let said = format!("the book: {} (built in ", index.display());
    assert!(done.stdout.starts_with(&said), "{}", done.stdout);
    assert!(fs::read_to_string(index).unwrap().contains("Hello."));
}

#[test]
fn a_book_is_built_where_it_is_asked_for_and_replaces_an_older_one() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("new/book");
    let args = ["build", "--out", out.to_str().unwrap()];
    check_built(&run(&args), &out.join("index.html"));
    fs::write(out.join("of-the-older-one"), "").unwrap();
    check_built(&run(&args), &out.join("index.html"));
    assert!(!out.join("of-the-older-one").exists());
    assert_eq!(
        fs::read_dir(dir.path().join("new")).unwrap().count(),
        1,
        "nothing beside"
    );
}

#[test]
fn a_directory_that_is_no_book_is_left_alone() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("letters"), "mine").unwrap();
    let done = run(&["build", "--out", dir.path().to_str().unwrap()]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(2), ""));
    assert!(done.stderr.contains("is no book"), "{}", done.stderr);
    assert_eq!(fs::read_to_string(dir.path().join("letters")).unwrap(), "mine");
}

#[test]
fn a_web_site_is_no_older_book() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join(".nojekyll"), "").unwrap();
    let done = run(&["build", "--out", dir.path().to_str().unwrap()]);
    assert_eq!(done.code, Some(2), "{}", done.stderr);
    assert!(dir.path().join(".nojekyll").exists());
}

#[test]
fn without_cargo_it_ends_with_code_1() {
    let mut command = tool(workspace(), &["build"]);
    let done = done(command.env("CARGO", "/nonexistent/cargo").output().unwrap());
    assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""));
    assert!(done.stderr.starts_with("error: can't run /nonexistent/cargo: "));
}
