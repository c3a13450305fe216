//! The code at a place that a recording names: `at`, followed into the sources.
//!
//! Invariant: only files of the workspace are read, whatever a recording says: it may come
//! from somebody else.

use std::fs;

use trace::At;

use crate::Workspace;
use crate::items::Items;

/// What stands around a line of a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The innermost item that has the line: `EventLoop::run`.
    pub item: Option<String>,
    /// The item's lines, or the whole file's where no item has the line.
    pub lines: Vec<String>,
    /// The number of the first of them.
    pub first: usize,
    /// The number of the line itself.
    pub line: usize,
}

impl Place {
    /// The code at `at`, as it is now; none, if the workspace has no such line.
    #[must_use]
    pub fn of(workspace: &Workspace, at: &At) -> Option<Place> {
        let path = workspace.root().join(&at.file).canonicalize().ok()?;
        let path = path.starts_with(workspace.root()).then_some(path)?;
        let text = fs::read_to_string(path).ok()?;
        let line = usize::try_from(at.line).ok()?;
        let all: Vec<&str> = text.lines().collect();
        all.get(line.checked_sub(1)?)?;
        let items = Items::of(&text).ok();
        let item = items.as_ref().and_then(|items| items.innermost(line));
        let lines = item.map_or(1..=all.len(), |item| item.lines.clone());
        Some(Place {
            item: item.map(|item| item.short().to_owned()),
            first: *lines.start(),
            lines: all[lines.start() - 1..*lines.end()]
                .iter()
                .map(|it| (*it).to_owned())
                .collect(),
            line,
        })
    }
}
