//! Links from one page to another, and what a page is called.
//!
//! Invariant: a link is relative, so that the book can stand anywhere.

use std::fs;

use crate::html::plain;
use crate::{Error, Workspace};

/// The way from the page `from`, `book/src/ch02-sleep/heap.md`, to `to`, which is named
/// from `book/src`.
pub(crate) fn relative(from: &str, to: &str) -> String {
    let below = from.strip_prefix("book/src/").unwrap_or(from);
    "../".repeat(below.matches('/').count()) + to
}

/// A link in Markdown to the page `to`; its text is that page's title, and its chapter.
pub(crate) fn titled(ws: &Workspace, from: &str, to: &str) -> Result<String, Error> {
    let number = to.strip_prefix("ch").and_then(|it| it.get(..2)?.parse::<u32>().ok());
    let chapter = number.map(|number| format!("chapter {number}, "));
    let text = chapter.unwrap_or_default() + &title(ws, to)?;
    Ok(format!("[{}]({})", plain(&text), relative(from, to)))
}

/// The title of `page`, which is named from `book/src`: its first heading.
pub(crate) fn title(ws: &Workspace, page: &str) -> Result<String, Error> {
    let path = ws.root().join("book/src").join(page);
    let text = fs::read_to_string(&path).map_err(|e| Error::io("read", &path, e))?;
    let heading = text.lines().find_map(|line| line.strip_prefix("# "));
    let missing = || Error::new(format!("book/src/{page} has no title"));
    Ok(heading.ok_or_else(missing)?.trim().to_owned())
}
