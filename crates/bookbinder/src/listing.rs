//! Cuts what a page names out of a source file.
//!
//! Invariant: a listing is lines of the file as they stand there, moved to the left
//! margin; nothing is left out, marked or shortened.

use std::fs;
use std::path::Path;

use crate::directive::Listing;
use crate::items::{Items, Lines};
use crate::sources::Sources;
use crate::{Chapter, Error};

/// What a reader takes in at a glance.
const MOST: usize = 24;

/// A file that pages show parts of.
#[derive(Debug)]
pub(crate) struct Source {
    /// Path from the chapter's directory, with `/` on every system.
    pub(crate) file: String,
    /// Its lines.
    pub(crate) text: Vec<String>,
    /// Its items; none, if it is not Rust.
    pub(crate) items: Option<Items>,
}

/// Lines cut out of a file.
#[derive(Debug)]
pub(crate) struct Cut {
    /// The chapter's full name.
    pub(crate) chapter: String,
    /// Path from the chapter's directory.
    pub(crate) file: String,
    /// Where in the file.
    pub(crate) lines: Vec<Lines>,
    /// What a page shows: one piece for each of `lines`, with blank lines between.
    pub(crate) text: String,
}

impl Source {
    /// Reads `file` of `chapter`.
    pub(crate) fn read(chapter: &Chapter, file: &str) -> Result<Self, Error> {
        let path = chapter.dir.join(file);
        if !path.is_file() || file.contains("..") {
            let mut known = files(chapter)?;
            known.sort();
            return Err(Error::unknown(
                &format!("file of {}", chapter.name),
                file,
                &known,
            ));
        }
        let text = fs::read_to_string(&path).map_err(|e| Error::io("read", &path, e))?;
        let is_rust = path.extension().is_some_and(|it| it == "rs");
        let items = is_rust.then(|| Items::of(&text)).transpose();
        Ok(Source {
            file: file.to_owned(),
            items: items
                .map_err(|it| it.with_context(format!("{}/{file}", chapter.name)))?,
            text: text.lines().map(str::to_owned).collect(),
        })
    }

    /// The lines of `item`, as the page names it.
    fn find(&self, item: &str) -> Result<Vec<Lines>, Error> {
        let missing = || {
            let message = format!("{} is not Rust: show it by lines=A-B", self.file);
            Error::new(message)
        };
        let found = self.items.as_ref().ok_or_else(missing)?.find(item);
        found.map_err(|it| it.with_context(self.file.clone()))
    }

    /// `lines` at the left margin.
    pub(crate) fn piece(&self, lines: &Lines) -> String {
        let text = &self.text[lines.start() - 1..*lines.end()];
        let written = text.iter().filter(|line| !line.trim().is_empty());
        let indent = |line: &String| line.len() - line.trim_start().len();
        let margin = written.map(indent).min().unwrap_or(0);
        let lines = text.iter().map(|line| line.get(margin..).unwrap_or(""));
        lines.map(|line| format!("{line}\n")).collect()
    }
}

impl Cut {
    /// Cuts out what `listing` asks for.
    pub(crate) fn of(sources: &Sources<'_>, listing: &Listing) -> Result<Self, Error> {
        let chapter = sources.chapter(&listing.chapter)?;
        let source = sources.file(&chapter, &listing.file)?;
        let lines = lines(&source, listing)?;
        let pieces: Vec<String> = lines.iter().map(|run| source.piece(run)).collect();
        let text = pieces.join("\n");
        let count = text.lines().count();
        if count > MOST {
            return Err(Error::new(format!(
                "the listing has {count} lines, {MOST} is the most: show fewer items, \
                 or parts of one (lines=A-B), each in a listing of its own"
            )));
        }
        let (chapter, file) = (chapter.name, source.file.clone());
        Ok(Cut { chapter, file, lines, text })
    }
}

/// Where in `source` everything is that `listing` asks for.
pub(crate) fn lines(source: &Source, listing: &Listing) -> Result<Vec<Lines>, Error> {
    let whole = 1..=source.text.len();
    let mut lines = Vec::new();
    for item in &listing.items {
        lines.extend(source.find(item)?);
    }
    if listing.items.is_empty() {
        lines.push(whole.clone());
    }
    for run in &mut lines {
        let first = run.start().saturating_sub(listing.around).max(1);
        *run = first..=(run.end() + listing.around).min(*whole.end());
    }
    match listing.lines {
        None => Ok(lines),
        Some(part) => Ok(vec![part_of(&lines, part)?]),
    }
}

/// Lines `first` to `last` of an item that is one run of lines.
fn part_of(runs: &[Lines], (first, last): (usize, usize)) -> Result<Lines, Error> {
    let [item] = runs else {
        let why = "its lines don't stand together, so lines=A-B can't count them";
        return Err(Error::new(why));
    };
    let start = item.start() - 1;
    let count = item.end() - start;
    if last > count {
        let message =
            format!("lines={first}-{last} ends after the item, of {count} lines");
        return Err(Error::new(message));
    }
    Ok(start + first..=start + last)
}

/// Every file of `chapter` that a page may show.
fn files(chapter: &Chapter) -> Result<Vec<String>, Error> {
    let mut found = vec!["Cargo.toml".to_owned()];
    for below in ["src", "scenarios", "tests", "exercises"] {
        let dir = chapter.dir.join(below);
        if dir.is_dir() {
            rust_files(&dir, below, &mut found)?;
        }
    }
    Ok(found)
}

/// Adds the Rust files below `dir`, which is called `name`.
pub(crate) fn rust_files(
    dir: &Path,
    name: &str,
    found: &mut Vec<String>,
) -> Result<(), Error> {
    let cannot = |cause| Error::io("read", dir, cause);
    for entry in fs::read_dir(dir).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let base = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{name}/{base}");
        if path.is_dir() {
            rust_files(&path, &name, found)?;
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(name);
        }
    }
    Ok(())
}
