//! The workspace on disk: where it is, and which chapters it has.
//!
//! Invariant: a chapter is a directory `chapters/chNN-noun` with a `Cargo.toml`; its name
//! is the directory's, its number is in the name. Anything else there is passed over.
//! Nothing here is kept: every call reads the disk again, so that an edit is seen.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Error;

/// A checkout of the workbook, or a reader's own copy of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// The directory that holds `Cargo.toml` and `chapters/`.
    root: PathBuf,
}

/// One chapter's crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Package and directory: `ch02-sleep`.
    pub name: String,
    /// The crate's directory, below the workspace's root.
    pub dir: PathBuf,
    /// What it adds, in a line: the package's description.
    pub about: String,
    /// The number in its name.
    pub number: u32,
}

impl Workspace {
    /// The workspace that `from` lies in: the nearest directory upwards that has both
    /// `Cargo.toml` and `chapters/`.
    ///
    /// # Errors
    /// There is none up to the root of the file system.
    pub fn find(from: &Path) -> Result<Workspace, Error> {
        let from = from.canonicalize().map_err(|cause| Error::io("find", from, cause))?;
        let is_root = |dir: &&Path| {
            dir.join("chapters").is_dir() && dir.join("Cargo.toml").is_file()
        };
        let missing = || {
            Error::new(format!(
                "{} is not inside a workbook: no directory from there upwards has \
                 `chapters/` beside `Cargo.toml`; change to the checkout and try again",
                from.display()
            ))
        };
        let root = from.ancestors().find(is_root).ok_or_else(missing)?;
        Ok(Workspace { root: root.to_path_buf() })
    }

    /// The directory that holds `Cargo.toml` and `chapters/`: absolute, links resolved.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// All chapters by number.
    ///
    /// # Errors
    /// `chapters/` or a chapter's `Cargo.toml` can't be read, or is not TOML.
    pub fn chapters(&self) -> Result<Vec<Chapter>, Error> {
        let dir = self.root.join("chapters");
        let cannot = |cause| Error::io("read", &dir, cause);
        let mut chapters = Vec::new();
        for entry in fs::read_dir(&dir).map_err(cannot)? {
            chapters.extend(chapter_in(&entry.map_err(cannot)?.path())?);
        }
        chapters.sort_by(|a, b| (a.number, &a.name).cmp(&(b.number, &b.name)));
        Ok(chapters)
    }

    /// The chapter that `name` means: `ch02-sleep`, `ch02`, `2` or `sleep`.
    ///
    /// # Errors
    /// There is no such chapter (the error names all that there are, and the nearest),
    /// or [`Workspace::chapters`] fails.
    pub fn chapter(&self, name: &str) -> Result<Chapter, Error> {
        chapter_called(name, &self.chapters()?)
    }
}

/// The one of `chapters` that `name` means.
pub(crate) fn chapter_called(name: &str, chapters: &[Chapter]) -> Result<Chapter, Error> {
    let found = chapters.iter().find(|chapter| chapter.answers_to(name));
    let missing = || {
        let names: Vec<&str> = chapters.iter().map(|c| c.name.as_str()).collect();
        Error::unknown("chapter", name, &names)
    };
    found.cloned().ok_or_else(missing)
}

impl Chapter {
    /// Whether a reader who writes `name` means this chapter.
    fn answers_to(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        let number = name.strip_prefix("ch").unwrap_or(&name).parse();
        let noun = self.name.split_once('-').map(|(_, noun)| noun);
        name == self.name || number == Ok(self.number) || Some(name.as_str()) == noun
    }
}

/// The chapter in `dir`, if its name is a chapter's.
fn chapter_in(dir: &Path) -> Result<Option<Chapter>, Error> {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    let Some(number) = number_of(&name) else {
        return Ok(None);
    };
    let manifest = dir.join("Cargo.toml");
    if !manifest.is_file() {
        return Ok(None);
    }
    Ok(Some(Chapter {
        name: name.into_owned(),
        dir: dir.to_path_buf(),
        about: description(&manifest)?,
        number,
    }))
}

/// `2` of `ch02-sleep`.
fn number_of(name: &str) -> Option<u32> {
    let (number, noun) = name.strip_prefix("ch")?.split_once('-')?;
    number.parse().ok().filter(|_| !noun.is_empty())
}

/// The package's description; empty if it has none.
fn description(manifest: &Path) -> Result<String, Error> {
    let cannot = |cause| Error::io("read", manifest, cause);
    let text = fs::read_to_string(manifest).map_err(cannot)?;
    let table: toml::Table = text
        .parse()
        .map_err(|cause| Error::new(format!("{}: {cause}", manifest.display())))?;
    let description = table.get("package").and_then(|it| it.get("description"));
    let description = description.and_then(toml::Value::as_str);
    Ok(description.unwrap_or_default().to_owned())
}
