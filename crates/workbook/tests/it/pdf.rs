//! `read --pdf`, with a browser that is a script of the test's own.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::fixture::{Done, done, tool, workspace};

/// Prints the name of the page that it is asked for, into the file that it is asked for.
const PRINTS: &str = "
for word in \"$@\"; do
    case $word in --print-to-pdf=*) file=${word#*=};; esac
done
printf '%%PDF-1.4 %s' \"$word\" > \"$file\"";

/// `read --pdf --no-open --out OUT` with a `chromium` that is this script.
fn read(script: &str, out: &Path) -> Done {
    let bin = TempDir::new().unwrap();
    let browser = bin.path().join("chromium");
    fs::write(&browser, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", bin.path().display(), std::env::var("PATH").unwrap());
    done(command(out).env("PATH", path).output().unwrap())
}

fn command(out: &Path) -> Command {
    tool(workspace(), &["read", "--pdf", "--no-open", "--out", out.to_str().unwrap()])
}

/// What the browser's directory would be called, were it still there.
fn left_behind() -> Vec<String> {
    let entries = fs::read_dir(workspace().join("target")).unwrap();
    let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("pdf-")).collect()
}

/// One test, since they share a directory, and each looks at what is left in it.
#[test]
fn a_pdf_is_printed_whole_or_not_at_all_and_nothing_is_left_behind() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("new/book.pdf");
    for _ in ["a new place", "in place of an older one"] {
        let done = read(PRINTS, &out);
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        assert_eq!(done.stdout, format!("the book as a PDF: {}\n", out.display()));
        let printed = fs::read_to_string(&out).unwrap();
        assert!(printed.starts_with("%PDF-1.4 /"), "{printed}");
        assert!(printed.ends_with("target/book/print.html"), "{printed}");
    }
    let before = fs::read(&out).unwrap();
    let done = read("echo one >&2; echo 'no display' >&2; exit 3", &out);
    assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""));
    assert!(
        done.stderr.contains("chromium printed nothing; it said:"),
        "{}",
        done.stderr
    );
    assert!(done.stderr.contains("no display"), "{}", done.stderr);
    // Somebody presses Ctrl-C while it prints: it would go on for ever.
    let done = read("kill -INT $PPID; exec tail -f /dev/null", &out);
    assert_eq!((done.code, done.stdout.as_str()), (Some(130), ""));
    assert!(done.stderr.contains("stopped"), "{}", done.stderr);
    assert_eq!(fs::read(&out).unwrap(), before, "the older one stays");
    assert_eq!(left_behind(), [""; 0]);
    assert_eq!(fs::read_dir(out.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn a_file_that_is_no_pdf_is_left_alone() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("letter");
    fs::write(&out, "mine").unwrap();
    let done = read(PRINTS, &out);
    assert_eq!((done.code, done.stdout.as_str()), (Some(2), ""));
    assert!(done.stderr.contains("is no PDF"), "{}", done.stderr);
    assert_eq!(fs::read_to_string(&out).unwrap(), "mine");
}

/// On macOS one may lie outside the path.
#[cfg(not(target_os = "macos"))]
#[test]
fn without_a_browser_it_says_what_to_install() {
    let dir = TempDir::new().unwrap();
    let mut command = command(&dir.path().join("book.pdf"));
    let done = done(command.env("PATH", "/nonexistent").output().unwrap());
    assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""));
    assert!(done.stderr.contains("apt-get install chromium"), "{}", done.stderr);
    assert!(done.stderr.contains("cargo workbook read --pdf"), "{}", done.stderr);
}

#[test]
fn a_place_for_a_pdf_makes_no_sense_without_one() {
    let done = done(tool(workspace(), &["read", "--out", "a.pdf"]).output().unwrap());
    assert_eq!(done.code, Some(2), "{}", done.stderr);
    assert!(done.stderr.contains("--pdf"), "{}", done.stderr);
}
