//! What `propagate` asks git: which files changed, what was in them, and how two changes
//! of one text go together.
//!
//! Invariant: nothing is written to the repository. Paths are relative to the
//! workspace's root, which may lie below the repository's.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::NamedTempFile;

use crate::failure::Failure;

/// A revision of the repository that the workspace lies in.
#[derive(Debug)]
pub(crate) struct Revision {
    /// What git runs in: the workspace's root.
    root: PathBuf,
    /// As it was asked for: `HEAD`.
    pub(crate) name: String,
    /// What it means: a commit's hash.
    commit: String,
}

/// What came of merging two changes of one text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Merged {
    /// Both are in it.
    Clean(String),
    /// They don't go together: the places, with git's markers.
    Conflict(String),
}

/// One of the three texts of a merge, and what it is called in a conflict.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Version<'a> {
    /// `ch03-select`.
    pub(crate) name: &'a str,
    /// All of it.
    pub(crate) text: &'a str,
}

impl Revision {
    /// The commit that `name` means in the repository around `root`.
    pub(crate) fn find(root: &Path, name: &str) -> Result<Self, Failure> {
        let inside = git(root, &["rev-parse", "--is-inside-work-tree"])?;
        if !inside.status.success() {
            let why = "propagate compares with what was committed, and needs git";
            return Err(Failure::failed(format!("{}: {why}", said(&inside))));
        }
        let commit = format!("{name}^{{commit}}");
        let args = ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit];
        let found = git(root, &args)?;
        if !found.status.success() {
            return Err(Failure::usage(format!(
                "git knows no commit called `{name}`; `git log --oneline` shows those \
                 that there are"
            )));
        }
        Ok(Revision {
            root: root.to_path_buf(),
            name: name.to_owned(),
            commit: String::from_utf8_lossy(&found.stdout).trim().to_owned(),
        })
    }

    /// The files below `dir` that differ from this revision, new ones among them.
    pub(crate) fn changed(&self, dir: &Path) -> Result<BTreeSet<PathBuf>, Failure> {
        let dir = dir.to_string_lossy();
        let diff = ["diff", "--name-only", "--no-renames", "-z", "--relative"];
        let new = ["ls-files", "-z", "--others", "--exclude-standard"];
        let mut files =
            self.listed(&[&diff[..], &[&self.commit, "--", &dir]].concat())?;
        files.extend(self.listed(&[&new[..], &["--", &dir]].concat())?);
        Ok(files)
    }

    /// The text of a file in this revision, if it was there and is text.
    pub(crate) fn text(&self, file: &Path) -> Result<Option<String>, Failure> {
        let object = format!("{}:./{}", self.commit, file.display());
        let shown = git(&self.root, &["show", &object])?;
        let text = String::from_utf8(shown.stdout).ok();
        Ok(text.filter(|_| shown.status.success()))
    }

    /// The paths, ended by zeros, that git answers `args` with.
    fn listed(&self, args: &[&str]) -> Result<BTreeSet<PathBuf>, Failure> {
        let output = git(&self.root, args)?;
        if !output.status.success() {
            return Err(Failure::to_do("ask git for", args[0], said(&output)));
        }
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok(text.split_terminator('\0').map(PathBuf::from).collect())
    }
}

/// Makes in `ours` the change from `base` to `theirs`.
pub(crate) fn merge(
    ours: Version<'_>,
    base: Version<'_>,
    theirs: Version<'_>,
) -> Result<Merged, Failure> {
    let versions = [ours, base, theirs];
    let merged = merge_file(versions, &[])?;
    if merged.status.success() {
        return Ok(Merged::Clean(utf8(merged.stdout)?));
    }
    // With the base shown git merges less eagerly: so only to say what conflicts.
    let shown = merge_file(versions, &["--diff3"])?;
    match shown.status.code() {
        Some(1..=127) => Ok(Merged::Conflict(conflicts(&utf8(shown.stdout)?))),
        _ => Err(Failure::to_do("merge with", "git merge-file", said(&shown))),
    }
}

/// Runs `git merge-file` on copies; its exit code is the number of conflicts.
fn merge_file(versions: [Version<'_>; 3], options: &[&str]) -> Result<Output, Failure> {
    let copy = |version: Version<'_>| {
        let mut file = NamedTempFile::new()?;
        file.write_all(version.text.as_bytes())?;
        Ok(file)
    };
    let copies: std::io::Result<Vec<NamedTempFile>> =
        versions.map(copy).into_iter().collect();
    let copies = copies.map_err(|e| Failure::to_do("write", "a temporary file", e))?;
    let mut args = vec!["-c", "merge.conflictStyle=merge", "merge-file", "--stdout"];
    args.extend(options);
    args.extend(versions.iter().flat_map(|version| ["-L", version.name]));
    let paths: Vec<_> = copies.iter().map(|copy| copy.path().to_string_lossy()).collect();
    args.extend(paths.iter().map(AsRef::as_ref));
    git(Path::new("."), &args)
}

/// Only the places of `text` that are between markers.
fn conflicts(text: &str) -> String {
    let mut inside = false;
    let mut places = String::new();
    for line in text.lines() {
        inside |= line.starts_with("<<<<<<< ");
        if inside {
            places = places + "    " + line + "\n";
        }
        inside &= !line.starts_with(">>>>>>> ");
    }
    places
}

fn utf8(bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|e| Failure::to_do("read", "what git merged", e))
}

fn git(root: &Path, args: &[&str]) -> Result<Output, Failure> {
    let mut command = Command::new("git");
    let output = command.args(args).current_dir(root).output();
    output.map_err(|cause| Failure::to_do("run", "git", cause))
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}
