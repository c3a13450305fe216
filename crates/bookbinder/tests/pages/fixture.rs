//! The small workbook that the tests of directives, errors and the book share.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use bookbinder::{Error, Page, Programs, Workspace, page};

/// The fixture and its programs, built once.
pub(crate) fn workbook() -> &'static (Workspace, Programs) {
    static BUILT: OnceLock<(Workspace, Programs)> = OnceLock::new();
    BUILT.get_or_init(|| {
        let workspace = Workspace::find(&root()).expect("the fixture is a workbook");
        let programs = Programs::build(&workspace).expect("the fixture compiles");
        (workspace, programs)
    })
}

/// Where the fixture is.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/workbook")
}

/// Expands a page of the fixture.
pub(crate) fn expand(markdown: &str) -> Result<Page, Error> {
    let (workspace, programs) = workbook();
    page(workspace, programs, "book/src/test.md", markdown)
}
