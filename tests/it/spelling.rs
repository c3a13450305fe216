//! Spelling, by `typos`: the book, the documents, and what sources say.
//!
//! Invariant: where `CI` is `true` it must be there (`.ci/run` puts it into
//! `target/tools`); elsewhere its absence is said, and is no failure.

use std::path::PathBuf;
use std::process::Command;

use crate::path;
use crate::rules::files;

/// The speller in `target/tools`, or the one that is installed.
fn speller() -> Option<PathBuf> {
    let ours = path("target/tools/bin/typos");
    let mut places = [ours, PathBuf::from("typos")].into_iter();
    let works = |typos: &PathBuf| Command::new(typos).arg("--version").output().is_ok();
    places.find(works)
}

/// Whether nothing may be left out here.
fn is_strict() -> bool {
    std::env::var("CI").is_ok_and(|ci| ci == "true")
}

/// What the speller says about `texts`, in a line each; nothing if it is content.
fn misspelt(typos: &PathBuf, texts: &[String]) -> String {
    let mut command = Command::new(typos);
    command
        .args(["--config", "typos.toml", "--format", "brief", "--force-exclude"])
        .args(texts);
    let output = command.current_dir(path("")).output().expect("it just ran");
    let said = |bytes| String::from_utf8_lossy(bytes).into_owned();
    let (faults, problem) = (said(&output.stdout), said(&output.stderr));
    match output.status.success() {
        true => String::new(),
        false => faults + &problem,
    }
}

#[test]
fn every_word_is_spelt_as_words_are() {
    let Some(typos) = speller() else {
        assert!(!is_strict(), "`typos` is missing: `.ci/run` installs it");
        return crate::skip("no `typos` here (`pip install typos` has it)");
    };
    let misspelt = misspelt(&typos, &files(""));
    assert!(misspelt.is_empty(), "if it's meant, say so in typos.toml:\n{misspelt}");
}

#[test]
fn a_misspelt_word_is_found() {
    let Some(typos) = speller() else {
        return crate::skip("no `typos` here");
    };
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page.md");
    let text = ["To reci", "eve a col", "or.\n"].concat();
    std::fs::write(&page, text).expect("written");
    let found = misspelt(&typos, &[page.to_string_lossy().into_owned()]);
    assert!(found.contains("`colour`"), "{found}");
    assert!(found.contains("`receive`"), "{found}");
}
