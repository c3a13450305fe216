//! Finding a workbook and its chapters.

#![expect(clippy::unwrap_used, reason = "a test may panic, and says where")]

use std::fs;

use bookbinder::Workspace;
use tempfile::TempDir;

/// A workbook with these chapters, by directory.
fn workbook(chapters: &[&str]) -> TempDir {
    let root = TempDir::new().unwrap();
    fs::write(root.path().join("Cargo.toml"), "[workspace]\n").unwrap();
    for name in chapters {
        let dir = root.path().join("chapters").join(name);
        fs::create_dir_all(dir.join("src")).unwrap();
        let manifest =
            format!("[package]\nname = '{name}'\ndescription = 'about {name}'\n");
        fs::write(dir.join("Cargo.toml"), manifest).unwrap();
    }
    root
}

fn names(root: &TempDir) -> Vec<String> {
    let workspace = Workspace::find(root.path()).unwrap();
    workspace.chapters().unwrap().into_iter().map(|chapter| chapter.name).collect()
}

#[test]
fn it_is_found_from_any_directory_inside() {
    let root = workbook(&["ch01-one"]);
    let inside = Workspace::find(&root.path().join("chapters/ch01-one/src")).unwrap();
    assert_eq!(inside.root(), root.path().canonicalize().unwrap());
}

#[test]
fn outside_the_error_says_what_was_looked_for() {
    let root = TempDir::new().unwrap();
    let error = Workspace::find(root.path()).unwrap_err().to_string();
    assert!(error.contains("is not inside a workbook"), "{error}");
    assert!(error.contains("`chapters/`"), "{error}");
}

#[test]
fn chapters_come_by_number_and_not_by_letters() {
    let root = workbook(&["ch10-ten", "ch9-nine", "ch01-one"]);
    assert_eq!(names(&root), ["ch01-one", "ch9-nine", "ch10-ten"]);
}

#[test]
fn what_is_no_chapter_is_passed_over() {
    let root = workbook(&["ch01-one", "chapter", "ch-none", "ch02-", "notes"]);
    fs::create_dir_all(root.path().join("chapters/ch03-empty")).unwrap();
    assert_eq!(names(&root), ["ch01-one"]);
}

#[test]
fn a_chapter_has_its_description_and_its_number() {
    let root = workbook(&["ch02-two"]);
    let chapters = Workspace::find(root.path()).unwrap().chapters().unwrap();
    assert_eq!((chapters[0].about.as_str(), chapters[0].number), ("about ch02-two", 2));
    assert!(chapters[0].dir.ends_with("chapters/ch02-two"));
}

#[test]
fn a_chapter_answers_to_its_name_its_number_and_its_noun() {
    let root = workbook(&["ch01-generators", "ch02-sleep"]);
    let workspace = Workspace::find(root.path()).unwrap();
    for name in ["ch02-sleep", "ch02", "ch2", "02", "2", "sleep", "Sleep"] {
        assert_eq!(workspace.chapter(name).unwrap().name, "ch02-sleep", "{name}");
    }
}

#[test]
fn an_unknown_chapter_is_answered_with_the_nearest_and_all() {
    let root = workbook(&["ch01-generators", "ch02-sleep"]);
    let error = Workspace::find(root.path()).unwrap().chapter("ch02-sleeep").unwrap_err();
    assert_eq!(
        error.to_string(),
        "no chapter is called `ch02-sleeep`; did you mean `ch02-sleep`? There are: \
         ch01-generators, ch02-sleep"
    );
}

#[test]
fn a_manifest_that_is_no_toml_is_named() {
    let root = workbook(&["ch01-one"]);
    fs::write(root.path().join("chapters/ch01-one/Cargo.toml"), "][").unwrap();
    let error = Workspace::find(root.path()).unwrap().chapters().unwrap_err();
    assert!(error.to_string().contains("chapters/ch01-one/Cargo.toml: "), "{error}");
}
