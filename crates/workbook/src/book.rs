//! `build`: the book on disk. It needs no server.
//!
//! Invariant: the book is made beside its place and moved there when it's whole, so that
//! a reader never has half of one. Only an older book, or nothing, makes way for it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use bookbinder::{Programs, Workspace};
use tempfile::TempDir;

use crate::cli::BuildArgs;
use crate::failure::Failure;
use crate::{out, progress};

/// A file that only this tool puts into a book: `.nojekyll` stands in any web site.
const MARK: &str = ".unrolled-book";

/// Where the book goes, in the workspace, unless somebody says otherwise.
const DEFAULT: &str = "target/book";

pub(crate) fn build(
    workspace: &Workspace,
    args: &BuildArgs,
) -> Result<ExitCode, Failure> {
    let out = args.out.clone().unwrap_or_else(|| default_out(workspace));
    let book = make(workspace, &out)?;
    out::print(&book.describe())
}

pub(crate) fn default_out(workspace: &Workspace) -> PathBuf {
    workspace.root().join(DEFAULT)
}

/// A book that was just built.
pub(crate) struct Book {
    /// The page to begin with.
    pub(crate) page: PathBuf,
    /// How long it took, in words.
    took: String,
}

impl Book {
    pub(crate) fn describe(&self) -> String {
        format!("the book: {} (built in {})\n", self.page.display(), self.took)
    }
}

#[expect(clippy::disallowed_methods, reason = "says how long a build took; no trace")]
pub(crate) fn make(workspace: &Workspace, out: &Path) -> Result<Book, Failure> {
    let started = Instant::now();
    let cannot = |cause| Failure::to_do("write", out.display(), cause);
    // Through links: the book goes to where they lead, and they stay.
    let out = out.canonicalize().or_else(|_| std::path::absolute(out)).map_err(cannot)?;
    // The default place is this tool's own, whatever is in it.
    if !out.ends_with(DEFAULT) {
        check_place(&out)?;
    }
    let programs = progress::during("building the chapters ...".to_owned(), || {
        Programs::build(workspace)
    })?;
    let beside = beside(&out).map_err(cannot)?;
    let new = beside.path().join("new");
    progress::during("building the book ...".to_owned(), || {
        bookbinder::build(workspace, &programs, &new)
    })?;
    fs::write(new.join(MARK), "").map_err(cannot)?;
    exchange(&new, &out, &beside.path().join("old")).map_err(cannot)?;
    let took = format!("{:.1} s", started.elapsed().as_secs_f64());
    Ok(Book { page: out.join("index.html"), took })
}

/// Refuses a directory that holds anything but an older book: it would be lost.
fn check_place(out: &Path) -> Result<(), Failure> {
    let is_free = match fs::read_dir(out) {
        Ok(mut entries) => {
            let is_ours = out.join(MARK).is_file() && !out.join(".git").exists();
            entries.next().is_none() || is_ours
        }
        Err(cause) => cause.kind() == io::ErrorKind::NotFound,
    };
    let problem = || {
        let what = "is there already, and is no book; name a directory that isn't";
        Failure::usage(format!("{} {what}", out.display()))
    };
    is_free.then_some(()).ok_or_else(problem)
}

/// A new directory on the same disk, gone at the end with what is in it.
fn beside(out: &Path) -> io::Result<TempDir> {
    let parent = out.parent().unwrap_or(out);
    fs::create_dir_all(parent)?;
    tempfile::Builder::new().prefix(".book-").tempdir_in(parent)
}

/// Moves `new` to `place`, and what was there to `old`.
fn exchange(new: &Path, place: &Path, old: &Path) -> io::Result<()> {
    let had_one = place.exists();
    if had_one {
        fs::rename(place, old)?;
    }
    fs::rename(new, place).inspect_err(|_| {
        if had_one {
            let _ = fs::rename(old, place);
        }
    })
}
