//! The book, built once for all tests, and its pages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Cargo's own place for what tests leave behind: the next run writes over it.
pub(crate) fn left() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// The folder of the built book. It is made as a reader makes it: this member compiles
/// nothing of the binder.
pub(crate) static BOOK: LazyLock<PathBuf> = LazyLock::new(|| {
    let out = left().join("book");
    workbook(&["build", "--out", &out.to_string_lossy()]);
    out
});

/// `cargo workbook ARGS`, which must succeed.
pub(crate) fn workbook(args: &[&str]) {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--package", "workbook", "--"]).args(args);
    let output = command.current_dir(root()).output().expect("Cargo is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The pages that are read one by one, as addresses, in `SUMMARY.md`'s order.
pub(crate) fn pages() -> Vec<String> {
    let summary = root().join("book/src/SUMMARY.md");
    let text = fs::read_to_string(summary).expect("the book has a summary");
    let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    links.map(|link| address(&BOOK.join(link.replace(".md", ".html")))).collect()
}

/// `file:///…`, as a reader opens the book.
pub(crate) fn address(file: &Path) -> String {
    url::Url::from_file_path(file).expect("an absolute path").to_string()
}

/// An address without the part that is the same for all pages.
pub(crate) fn short(address: &str) -> &str {
    address.rsplit_once("/book/").map_or(address, |(_, page)| page)
}
