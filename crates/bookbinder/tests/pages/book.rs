//! The fixture's whole book: what it shows, what it covers, and its HTML.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use bookbinder::{Workspace, build, listed};

use crate::fixture::{root, workbook};

/// A copy of the fixture, to be damaged.
pub(crate) fn copy() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("the system has a place for temporary files");
    copy_into(&root(), dir.path()).expect("the fixture can be copied");
    dir
}

fn copy_into(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        if path.is_file() {
            fs::copy(&path, &copy)?;
        } else if !path.ends_with("target") {
            copy_into(&path, &copy)?;
        }
    }
    Ok(())
}

#[test]
fn everything_shown_comes_in_the_order_of_the_summary() {
    let (workspace, programs) = workbook();
    let out = tempfile::tempdir().unwrap();
    let shown = build(workspace, programs, out.path()).unwrap();
    let places: Vec<String> =
        shown.iter().map(|it| format!("{}:{}", it.page, it.line)).collect();
    assert_eq!(
        places,
        [
            "book/src/first.md:3",
            "book/src/first.md:4",
            "book/src/first.md:6",
            "book/src/second.md:3",
            "book/src/second.md:5",
        ]
    );
    assert_eq!(shown[2].directive, "{{#number ch01-kinds nap end}}");
    assert_eq!(shown[2].text, "50 ms");
}

#[test]
fn the_html_has_what_the_pages_ask_for_and_fetches_nothing() {
    let (workspace, programs) = workbook();
    let out = tempfile::tempdir().unwrap();
    build(workspace, programs, out.path()).unwrap();
    let html = fs::read_to_string(out.path().join("index.html")).unwrap();
    let (_, main) = html.split_once("<main>").unwrap();
    let (main, _) = main.split_once("</main>").unwrap();
    let listing = "<code class=\"language-rust ignore\" tabindex=\"0\" role=\"group\" \
                   aria-label=\"ch01-kinds/src/lib.rs MANY, Holder::new\">/// How many.\n";
    assert!(main.contains(listing), "{main}");
    assert!(
        html.contains("It takes 50&nbsp;ms.") || html.contains("It takes 50\u{a0}ms.")
    );
    assert!(html.contains("Write <code>{{#number …}}</code> or {{#number}}."), "{main}");
    assert!(html.contains("{{#listing is only text here}}"));
    for outside in ["src=\"http", "href=\"http", "play-button", "mathjax", "MathJax"] {
        assert!(!html.contains(outside), "{outside}");
    }
}

#[test]
fn lines_on_no_page_are_named_with_their_item() {
    let (workspace, _) = workbook();
    let listed = listed(workspace).unwrap();
    let files: Vec<String> =
        listed.iter().map(|it| format!("{}/{}", it.chapter, it.file)).collect();
    assert_eq!(
        files,
        ["ch01-kinds/src/inner.rs", "ch01-kinds/src/lib.rs", "ch02-more/src/lib.rs"]
    );
    assert_eq!(listed[0].shown, []);
    let gaps: Vec<&str> = listed[0].gaps.iter().map(|it| it.item.as_str()).collect();
    assert_eq!(gaps, ["//!", "long"]);
    assert_eq!(listed[2].shown, [1..=1, 6..=7]);
    let [many] = &*listed[2].gaps else { panic!("{:?}", listed[2].gaps) };
    assert_eq!((many.item.as_str(), many.lines.clone()), ("MANY", 3..=4));
}

#[test]
fn the_frame_of_an_impl_needs_no_listing_unless_it_is_empty() {
    let (workspace, _) = workbook();
    let listed = listed(workspace).unwrap();
    let gaps: Vec<&str> = listed[1].gaps.iter().map(|it| it.item.as_str()).collect();
    assert!(!gaps.contains(&"impl Holder"), "{gaps:?}");
    assert!(gaps.contains(&"Holder::same"), "{gaps:?}");
    assert!(gaps.contains(&"impl Unpin for Side"), "{gaps:?}");
    assert!(!gaps.contains(&"impl Speak for Holder"), "{gaps:?}");
    assert!(gaps.contains(&"Holder::say"), "{gaps:?}");
}

#[test]
fn errors_of_all_pages_come_at_once_and_nothing_is_written() {
    let copy = copy();
    let src = copy.path().join("book/src");
    fs::write(src.join("SUMMARY.md"), "- [Second](second.md)\n- [First](first.md)\n")
        .unwrap();
    fs::write(src.join("first.md"), "{{#listing ch01-kinds src/lib.rs Gone}}\n").unwrap();
    fs::write(src.join("second.md"), "\n{{#trace ch01-kinds gone}}\n").unwrap();
    let workspace = Workspace::find(copy.path()).unwrap();
    let out = tempfile::tempdir().unwrap();
    let error = build(&workspace, &workbook().1, out.path()).unwrap_err().to_string();
    let lines: Vec<&str> = error.lines().collect();
    assert_eq!(lines.len(), 2, "{error}");
    assert!(lines[0].starts_with("book/src/first.md:1: "), "{error}");
    assert!(lines[1].starts_with("book/src/second.md:2: "), "{error}");
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0);
    assert!(listed(&workspace).is_err());
}

#[test]
fn a_page_that_is_missing_is_an_error() {
    let copy = copy();
    fs::remove_file(copy.path().join("book/src/second.md")).unwrap();
    let workspace = Workspace::find(copy.path()).unwrap();
    let out = tempfile::tempdir().unwrap();
    let error = build(&workspace, &workbook().1, out.path()).unwrap_err().to_string();
    assert!(error.contains("second.md"), "{error}");
}

#[test]
fn the_program_speaks_mdbooks_protocol() {
    let bookbinder = env!("CARGO_BIN_EXE_bookbinder");
    let supports = Command::new(bookbinder).args(["supports", "html"]).status().unwrap();
    assert!(supports.success());
    let config = serde_json::json!({"book": {"src": "src"}});
    let chapter = serde_json::json!({"Chapter": {
        "name": "One", "content": "{{#trace ch01-kinds nap}}\n", "number": null,
        "sub_items": [], "path": "one.md", "source_path": "one.md", "parent_names": [],
    }});
    let input = serde_json::json!([
        {"root": root().join("book"), "config": config, "renderer": "html",
         "mdbook_version": "0.5.4"},
        {"items": [chapter]},
    ]);
    let mut child = Command::new(bookbinder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.to_string().as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let book: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let content = book["items"][0]["Chapter"]["content"].as_str().unwrap();
    assert!(content.contains("<figure class=\"trace\">"), "{content}");
}
