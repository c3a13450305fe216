//! `propagate`: what merges is carried on, what conflicts stops it, and nothing is lost.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::fixture::{Done, outside_hooks, run_in, write};

/// What the three stages have in common; each adds a line of its own at the end.
const COMMON: &str = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n";

/// A repository with three stages and a layer, committed.
struct Stages {
    /// Gone when this is.
    root: TempDir,
}

impl Stages {
    fn new() -> Self {
        let root = TempDir::new().unwrap();
        write(root.path(), "Cargo.toml", "[workspace]\n");
        for (number, noun) in [(1, "first"), (2, "second"), (3, "third"), (7, "layer")] {
            let dir = root.path().join(format!("chapters/ch{number:02}-{noun}"));
            write(&dir, "Cargo.toml", "[package]\n");
            write(&dir, "src/lib.rs", &format!("{COMMON}own line of {noun}\n"));
        }
        let stages = Stages { root };
        stages.git(&["init", "--quiet"]);
        stages.commit();
        stages
    }

    fn git(&self, args: &[&str]) {
        let who = ["-c", "user.name=t", "-c", "user.email=t@example.org"];
        let mut command = Command::new("git");
        command.args(who).args(args).current_dir(&self.root);
        command
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null");
        outside_hooks(&mut command);
        assert!(command.output().unwrap().status.success());
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "all"]);
    }

    fn text(&self, stage: &str) -> String {
        fs::read_to_string(self.path().join(format!("chapters/{stage}/src/lib.rs")))
            .unwrap()
    }

    fn edit(&self, stage: &str, from: &str, to: &str) {
        let text = self.text(stage).replace(from, to);
        write(&self.path().join("chapters").join(stage), "src/lib.rs", &text);
    }

    fn path(&self) -> &Path {
        self.root.path()
    }

    fn propagate(&self, args: &[&str]) -> Done {
        run_in(self.path(), &[&["propagate"], args].concat())
    }
}

/// `COMMON` with `two` fixed, and the stage's own line.
fn fixed(noun: &str) -> String {
    format!("{}own line of {noun}\n", COMMON.replace("two", "TWO"))
}

#[test]
fn a_fix_reaches_every_later_stage_and_no_layer() {
    let stages = Stages::new();
    stages.edit("ch01-first", "two", "TWO");
    let done = stages.propagate(&[]);
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    assert_eq!(stages.text("ch02-second"), fixed("second"));
    assert_eq!(stages.text("ch03-third"), fixed("third"));
    assert!(stages.text("ch07-layer").starts_with(COMMON));
    insta::assert_snapshot!("propagate-clean", done.stdout);
}

#[test]
fn a_second_run_finds_it_there_already() {
    let stages = Stages::new();
    stages.edit("ch01-first", "two", "TWO");
    stages.propagate(&[]);
    let done = stages.propagate(&[]);
    assert_eq!(done.code, Some(0));
    insta::assert_snapshot!("propagate-again", done.stdout);
    assert_eq!(stages.text("ch03-third"), fixed("third"));
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let stages = Stages::new();
    stages.edit("ch01-first", "two", "TWO");
    let before = [stages.text("ch02-second"), stages.text("ch03-third")];
    let done = stages.propagate(&["--dry-run"]);
    assert_eq!(done.code, Some(0));
    assert_eq!([stages.text("ch02-second"), stages.text("ch03-third")], before);
    insta::assert_snapshot!("propagate-dry", done.stdout);
}

#[test]
fn a_conflict_stops_it_and_leaves_no_markers() {
    let stages = Stages::new();
    stages.edit("ch03-third", "two", "zwei");
    stages.commit();
    stages.edit("ch01-first", "two", "TWO");
    let done = stages.propagate(&[]);
    assert_eq!(done.code, Some(1));
    assert_eq!(stages.text("ch02-second"), fixed("second"));
    assert_eq!(stages.text("ch03-third"), fixed("third").replace("TWO", "zwei"));
    insta::assert_snapshot!("propagate-conflict", done.stdout + &done.stderr);
}

#[test]
fn after_a_conflict_it_goes_on_from_what_was_done_by_hand() {
    let stages = Stages::new();
    stages.edit("ch02-second", "two", "zwei");
    stages.edit("ch03-third", "two", "zwei");
    stages.commit();
    stages.edit("ch01-first", "two", "TWO");
    assert_eq!(stages.propagate(&[]).code, Some(1));
    stages.edit("ch02-second", "zwei", "ZWEI");
    let done = stages.propagate(&["ch02-second"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert_eq!(stages.text("ch03-third"), fixed("third").replace("TWO", "ZWEI"));
}

#[test]
fn what_changed_since_a_revision_is_carried_on() {
    let stages = Stages::new();
    stages.edit("ch01-first", "two", "TWO");
    stages.commit();
    let nothing = "no stage's src/ changed since HEAD: nothing to carry\n";
    assert_eq!(stages.propagate(&[]).stdout, nothing);
    let done = stages.propagate(&["1", "--from", "HEAD~1"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert_eq!(stages.text("ch03-third"), fixed("third"));
}

#[test]
fn a_file_that_the_next_stage_lacks_ends_there_with_a_note() {
    let stages = Stages::new();
    let dir = stages.path().join("chapters/ch01-first");
    write(&dir, "src/extra.rs", "extra\n");
    let done = stages.propagate(&[]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert_eq!(
        done.stdout,
        "ch01-first -> ch02-second  src/extra.rs: ch02-second has no such file\nnothing to write\n"
    );
}

#[test]
fn permissions_stay() {
    use std::os::unix::fs::PermissionsExt as _;
    let stages = Stages::new();
    let path = stages.path().join("chapters/ch02-second/src/lib.rs");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    stages.edit("ch01-first", "two", "TWO");
    stages.propagate(&[]);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_layer_or_an_unknown_revision_is_refused() {
    let stages = Stages::new();
    let done = stages.propagate(&["layer"]);
    assert_eq!(done.code, Some(2));
    assert!(done.stderr.contains("ch07-layer is a layer"), "{}", done.stderr);
    let done = stages.propagate(&["--from", "nowhere"]);
    assert_eq!(done.code, Some(2));
    assert!(done.stderr.contains("no commit called `nowhere`"), "{}", done.stderr);
}

#[test]
fn the_last_stage_has_nothing_after_it() {
    let stages = Stages::new();
    assert_eq!(stages.propagate(&["3"]).stdout, "ch03-third is the last stage\n");
}
