//! Which lines of the chapters' sources the pages show.
//!
//! Invariant: only a listing shows a line. A diff, which is closed until it is opened,
//! and the same line in another chapter don't count: what a copy means is up to the
//! caller.

use std::collections::BTreeMap;

use crate::book::pages;
use crate::directive::Directive;
use crate::items::{Entry, Lines, joined};
use crate::listing::{Cut, Source, rust_files};
use crate::page::directives;
use crate::sources::Sources;
use crate::{Error, Workspace};

/// What the pages show of one source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The chapter's name.
    pub chapter: String,
    /// Path from the chapter's directory: `src/event_loop.rs`.
    pub file: String,
    /// Lines on some page, from 1, both ends included, in order; none touch.
    pub shown: Vec<Lines>,
    /// Lines on no page. Blank ones don't count, nor does the frame of an `impl`, a
    /// `trait` or a `mod` around its members: their captions say it.
    pub gaps: Vec<Gap>,
}

/// Lines that no page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Where, from 1, both ends included.
    pub lines: Lines,
    /// The item to ask for, or `//!`, `use`; empty, if the lines belong to none.
    pub item: String,
}

/// What the book's listings show of each chapter's `src/`, by chapter and file.
///
/// # Errors
/// Everything that is wrong with the listings, each with page and line.
pub fn listed(ws: &Workspace) -> Result<Vec<Listed>, Error> {
    let sources = Sources::new(ws)?;
    let (mut on_pages, mut errors) = (BTreeMap::<_, Vec<Lines>>::new(), Vec::new());
    for (name, markdown) in pages(ws)? {
        for found in directives(&markdown) {
            let Ok(Directive::Listing(listing)) = &found.directive else { continue };
            match Cut::of(&sources, listing) {
                Ok(cut) => {
                    on_pages
                        .entry((cut.chapter, cut.file))
                        .or_default()
                        .extend(cut.lines);
                }
                Err(it) => errors.push(it.with_context(format!("{name}:{}", found.line))),
            }
        }
    }
    match errors.is_empty() {
        true => files(&sources, &on_pages),
        false => Err(Error::all(errors)),
    }
}

/// Every source file of every chapter, against what is `on_pages`.
fn files(
    sources: &Sources<'_>,
    on_pages: &BTreeMap<(String, String), Vec<Lines>>,
) -> Result<Vec<Listed>, Error> {
    let mut all = Vec::new();
    for chapter in sources.workspace.chapters()? {
        let mut files = Vec::new();
        rust_files(&chapter.dir.join("src"), "src", &mut files)?;
        files.sort();
        for file in files {
            let source = sources.file(&chapter, &file)?;
            let key = (chapter.name.clone(), file);
            let mut shown = on_pages.get(&key).cloned().unwrap_or_default();
            shown.sort_by_key(|run| (*run.start(), *run.end()));
            let shown = joined(&shown);
            let gaps = gaps(&source, &shown);
            all.push(Listed { chapter: key.0, file: key.1, shown, gaps });
        }
    }
    Ok(all)
}

/// The lines of `source` that are not `shown`, one gap for each item in turn.
fn gaps(source: &Source, shown: &[Lines]) -> Vec<Gap> {
    let entries = source.items.as_ref().map_or(&[][..], |items| items.entries());
    let is_shown = |line: usize| shown.iter().any(|run| run.contains(&line));
    let is_framed = |line: usize| entries.iter().any(|it| frames(entries, it, line));
    let mut gaps: Vec<Gap> = Vec::new();
    for (line, text) in (1..).zip(&source.text) {
        if text.trim().is_empty() || is_shown(line) || is_framed(line) {
            continue;
        }
        let item = source.items.as_ref().and_then(|it| it.at(line)).unwrap_or_default();
        match gaps.last_mut() {
            Some(gap) if gap.item == item => gap.lines = *gap.lines.start()..=line,
            _ => gaps.push(Gap { lines: line..=line, item: item.to_owned() }),
        }
    }
    gaps
}

/// Whether `line` belongs to the opening or the end of `outer`, which has members.
fn frames(entries: &[Entry], outer: &Entry, line: usize) -> bool {
    let is_member = |it: &Entry| {
        outer.lines.start() < it.lines.start() && it.lines.end() < outer.lines.end()
    };
    let frame = outer.frame.as_ref();
    frame.is_some_and(|(open, last)| open.contains(&line) || *last == line)
        && entries.iter().any(is_member)
}
