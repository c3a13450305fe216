//! Differences between chapters: order, headers, sizes, and what is missing.

#![expect(clippy::unwrap_used, reason = "a test may panic, and says where")]

use std::fs;
use std::path::Path;

use bookbinder::stage_diff::{self, Size};
use bookbinder::{Programs, Workspace};
use tempfile::TempDir;

/// A workbook with two chapters that have these files in `src/`.
struct Two {
    /// Gone when this is.
    root: TempDir,
}

impl Two {
    fn new(a: &[(&str, &str)], b: &[(&str, &str)]) -> Self {
        let root = TempDir::new().unwrap();
        fs::write(root.path().join("Cargo.toml"), "[workspace]\n").unwrap();
        for (name, files) in [("ch01-a", a), ("ch02-b", b)] {
            let dir = root.path().join("chapters").join(name);
            write(&dir, "Cargo.toml", "[package]\n");
            for (file, text) in files {
                write(&dir.join("src"), file, text);
            }
        }
        Two { root }
    }

    fn code(&self) -> String {
        let workspace = Workspace::find(self.root.path()).unwrap();
        stage_diff::code(&workspace, "1", "2").unwrap()
    }
}

fn write(dir: &Path, name: &str, text: &str) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn files_come_in_reading_order_and_the_lost_last() {
    let lib = "mod zebra;\npub(crate) mod ant;\n";
    let old = [("lib.rs", ""), ("gone.rs", "x\n")];
    let new = [
        ("lib.rs", lib),
        ("ant.rs", "mod leg;\n"),
        ("ant/leg.rs", "x\n"),
        ("more.rs", "x\n"),
        ("zebra.rs", "x\n"),
    ];
    let diff = Two::new(&old, &new).code();
    let headers =
        diff.lines().filter(|it| it.starts_with("--- ") || it.starts_with("+++ "));
    let expected = [
        ["--- ch01-a/src/lib.rs", "+++ ch02-b/src/lib.rs"],
        ["--- /dev/null", "+++ ch02-b/src/zebra.rs"],
        ["--- /dev/null", "+++ ch02-b/src/ant.rs"],
        ["--- /dev/null", "+++ ch02-b/src/ant/leg.rs"],
        ["--- /dev/null", "+++ ch02-b/src/more.rs"],
        ["--- ch01-a/src/gone.rs", "+++ /dev/null"],
    ];
    assert_eq!(headers.collect::<Vec<_>>(), expected.concat());
}

#[test]
fn a_change_stands_in_three_lines_of_context() {
    let old = [("lib.rs", "1\n2\n3\n4\n5\n6\n7\n8\n9\n")];
    let new = [("lib.rs", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n")];
    assert_eq!(
        Two::new(&old, &new).code(),
        "--- ch01-a/src/lib.rs\n+++ ch02-b/src/lib.rs\n\
         @@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
    );
}

#[test]
fn equal_sources_differ_in_nothing() {
    let files = [("lib.rs", "x\n"), ("a/b.rs", "y\n")];
    assert_eq!(Two::new(&files, &files).code(), "");
}

#[test]
fn headers_do_not_count() {
    let diff = "--- a\n+++ b\n@@ -1,2 +1,3 @@\n-x\n+y\n+z\n w\n";
    assert_eq!(stage_diff::size(diff), Size { added: 2, removed: 1 });
    assert_eq!(stage_diff::size(""), Size::default());
}

/// A program with the scenario `both` and one of its own.
const PROGRAM: &str = r##"
fn main() {
    let name = env!("CARGO_PKG_NAME");
    if std::env::args().any(|it| it == "--list") {
        return print!("both\t\n{name}\t\n");
    }
    println!(r#"{{"schema":1,"program":"p","scenario":"both","clock":"virtual"}}"#);
    let text = r#"{"t_ns":0,"turn":1,"task":"t","event":"printed","at":"x:1","text":"#;
    println!("{text}\"hello\"}}");
    println!("{text}\"{name}\"}}");
    if std::env::args().any(|it| it == name) {
        println!("{text}\"alone\"}}");
    }
}
"##;

/// Two chapters with programs, compiled once.
fn programs() -> Programs {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("two-programs");
    if !root.exists() {
        write(&root, "Cargo.toml", "[workspace]\nmembers = ['chapters/*']\n");
    }
    for name in ["ch95-x", "ch96-y"] {
        let dir = root.join("chapters").join(name);
        let manifest = format!("[package]\nname = '{name}'\nedition = '2024'\n");
        if !fs::read_to_string(dir.join("src/main.rs")).is_ok_and(|it| it == PROGRAM) {
            write(&dir, "Cargo.toml", &manifest);
            write(&dir, "src/main.rs", PROGRAM);
        }
    }
    Programs::build(&Workspace::find(&root).unwrap()).unwrap()
}

#[test]
fn traces_are_compared_whole_and_a_missing_scenario_is_said_to_be() {
    let programs = programs();
    let diff = |scenario| stage_diff::traces(&programs, "ch95-x", "ch96-y", scenario);
    let both = diff("both").unwrap();
    assert!(both.starts_with("--- ch95-x both\n+++ ch96-y both\n"), "{both}");
    assert!(both.contains("prints: hello\n-"), "{both}");
    assert_eq!(
        diff("ch95-x").unwrap_err().to_string(),
        "ch96-y has no scenario `ch95-x`; ch95-x and ch96-y both have: both"
    );
    let error = diff("bath").unwrap_err().to_string();
    assert!(error.contains("did you mean `both`?"), "{error}");
}

#[test]
fn two_scenarios_of_a_chapter_are_compared_whole() {
    let programs = programs();
    let diff = |a, b| stage_diff::scenarios(&programs, "ch95-x", a, b);
    let different = diff("both", "ch95-x").unwrap();
    assert!(different.starts_with("--- ch95-x both\n+++ ch95-x ch95-x\n"), "{different}");
    assert!(different.contains("prints: hello\n"), "{different}");
    assert_eq!(stage_diff::size(&different), Size { added: 1, removed: 0 });
    assert_eq!(diff("both", "both").unwrap(), "");
    let error = diff("both", "bath").unwrap_err().to_string();
    assert!(
        error.contains("no scenario of ch95-x is called `bath`; did you mean `both`?"),
        "{error}"
    );
}

#[test]
fn two_files_of_a_chapter_are_compared() {
    let two = Two::new(&[("bug.rs", "//a\n//b\n"), ("fix.rs", "//a\n//c\n")], &[]);
    let workspace = Workspace::find(two.root.path()).unwrap();
    let chapter = workspace.chapter("1").unwrap();
    assert_eq!(
        stage_diff::files(&chapter, "src/bug.rs", "src/fix.rs").unwrap(),
        "--- ch01-a/src/bug.rs\n+++ ch01-a/src/fix.rs\n@@ -1,2 +1,2 @@\n //a\n-//b\n+//c\n"
    );
    let error =
        stage_diff::files(&chapter, "src/bug.rs", "src/fax.rs").unwrap_err().to_string();
    assert!(error.contains("`src/fax.rs`; did you mean `src/fix.rs`?"), "{error}");
}
