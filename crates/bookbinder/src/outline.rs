//! A chapter's items, a sentence each: what is where, in the order of reading.
//!
//! Invariant: the sentence is the item's own, the first of its documentation. An item
//! without any is left out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

use crate::book::pages;
use crate::directive::{Directive, Listing};
use crate::html::code;
use crate::items::{Entry, Lines};
use crate::link::relative;
use crate::listing::{Source, lines, rust_files};
use crate::page::directives;
use crate::{Chapter, Error, Workspace};

/// A chapter's files, read once, and which pages show which of their lines, in the order
/// of the book.
#[derive(Debug)]
pub(crate) struct Stage {
    /// The chapter.
    chapter: Chapter,
    /// Its files by name.
    files: BTreeMap<String, Source>,
    /// By file.
    shown: BTreeMap<String, Vec<(Lines, String)>>,
}

/// All chapters, read when the first outline is made.
pub(crate) type Stages = OnceLock<Vec<Stage>>;

/// Makes the outline of `chapter` for the page `from`: Markdown, and plain text.
pub(crate) fn outline(
    ws: &Workspace,
    stages: &Stages,
    from: &str,
    chapter: &str,
) -> Result<(String, String), Error> {
    let number = ws.chapter(chapter)?.number;
    let earlier = |stage: &&Stage| stage.chapter.number <= number;
    let stages: Vec<&Stage> = read(ws, stages)?.iter().filter(earlier).rev().collect();
    let own = stages.first().expect("a chapter is among its stages");
    let (mut markdown, mut text) = (String::new(), String::new());
    for file in modules(&own.chapter)? {
        let missing = || Error::new(format!("{file} of {} is missing", own.chapter.name));
        let source = own.files.get(&file).ok_or_else(missing)?;
        let head = linkless(&sentence(source.text.iter(), "//!").unwrap_or_default());
        let _ = write!(markdown, "## {}\n\n{}\n\n", code(&file), head);
        let _ = writeln!(text, "{file}: {head}");
        for entry in entries(source) {
            let Some(about) = about(source, entry) else { continue };
            let shown = stages.iter().find_map(|stage| stage.page_of(&file, entry));
            let page = shown.unwrap_or_else(|| format!("{}/index.md", own.chapter.name));
            let name = format!("[{}]({})", code(entry.short()), relative(from, &page));
            let _ = writeln!(markdown, "- {name}: {about}");
            let _ = writeln!(text, "  {}: {about} ({page})", entry.short());
        }
        markdown.push('\n');
    }
    Ok((markdown, text))
}

/// All chapters by number.
fn read<'a>(ws: &Workspace, stages: &'a Stages) -> Result<&'a [Stage], Error> {
    if stages.get().is_none() {
        let listings = listings(ws)?;
        let all = ws.chapters()?.into_iter().map(|it| Stage::read(it, &listings));
        let all = all.collect::<Result<_, Error>>()?;
        return Ok(stages.get_or_init(|| all));
    }
    Ok(stages.get().expect("it was read"))
}

/// All listings of the book, each with its page.
fn listings(ws: &Workspace) -> Result<Vec<(Listing, String)>, Error> {
    let mut all = Vec::new();
    for (page, markdown) in pages(ws)? {
        let page = page.trim_start_matches("book/src/");
        for found in directives(&markdown) {
            if let Ok(Directive::Listing(listing)) = found.directive {
                all.push((listing, page.to_owned()));
            }
        }
    }
    Ok(all)
}

impl Stage {
    /// Reads `chapter`'s sources, and finds in them what `listings` show.
    fn read(chapter: Chapter, listings: &[(Listing, String)]) -> Result<Self, Error> {
        let (mut names, mut files) = (Vec::new(), BTreeMap::new());
        rust_files(&chapter.dir.join("src"), "src", &mut names)?;
        for name in names {
            let source = Source::read(&chapter, &name)?;
            files.insert(name, source);
        }
        let mut shown = BTreeMap::<String, Vec<_>>::new();
        for (listing, page) in
            listings.iter().filter(|(it, _)| it.chapter == chapter.name)
        {
            let Some(source) = files.get(&listing.file) else { continue };
            let lines = lines(source, listing)?.into_iter().map(|it| (it, page.clone()));
            shown.entry(listing.file.clone()).or_default().extend(lines);
        }
        Ok(Stage { chapter, files, shown })
    }

    /// The first page that shows this chapter's item of the name that `entry` has.
    fn page_of(&self, file: &str, entry: &Entry) -> Option<String> {
        let (source, shown) = (self.files.get(file)?, self.shown.get(file)?);
        let twin = entries(source).iter().find(|it| it.name == entry.name)?;
        let overlaps = |(lines, _): &&(Lines, String)| {
            lines.start() <= twin.lines.end() && twin.lines.start() <= lines.end()
        };
        shown.iter().find(overlaps).map(|(_, page)| page.clone())
    }
}

fn entries(source: &Source) -> &[Entry] {
    source.items.as_ref().map_or(&[], |items| items.entries())
}

/// The files of a crate in the order in which its `lib.rs` names them.
fn modules(chapter: &Chapter) -> Result<Vec<String>, Error> {
    let lib = Source::read(chapter, "src/lib.rs")?;
    let module = |line: &String| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        Some(line.strip_prefix("mod ")?.strip_suffix(';')?.to_owned())
    };
    let names = lib.text.iter().filter_map(module);
    let files = names.map(|name| format!("src/{name}.rs"));
    Ok(std::iter::once("src/lib.rs".to_owned()).chain(files).collect())
}

/// The first sentence of an item's documentation.
fn about(source: &Source, entry: &Entry) -> Option<String> {
    let lines = &source.text[entry.lines.start() - 1..*entry.lines.end()];
    let is_comment = |line: &&String| line.trim_start().starts_with("//");
    sentence(lines.iter().take_while(is_comment), "///").map(|it| linkless(&it))
}

/// The first sentence of the lines that begin with `mark`.
fn sentence<'a>(lines: impl Iterator<Item = &'a String>, mark: &str) -> Option<String> {
    let docs = lines.filter_map(|line| line.trim_start().strip_prefix(mark));
    let paragraph: Vec<&str> =
        docs.map(str::trim).take_while(|it| !it.is_empty()).collect();
    let text = paragraph.join(" ");
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    (!text.is_empty()).then(|| text[..end].to_owned())
}

/// Documentation without its links to other items: `` [`Event`](x) `` becomes `` `Event` ``.
fn linkless(text: &str) -> String {
    let mut out = String::new();
    let mut parts = text.split("[`");
    out += parts.next().unwrap_or_default();
    for part in parts {
        let (name, rest) = part.split_once("`]").unwrap_or((part, ""));
        let target = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        let _ = write!(out, "`{name}`{}", target.map_or(rest, |(_, after)| after));
    }
    out
}
