//! Finds the directives of a page and puts in their place what they stand for.
//!
//! Invariant: a page's own words stay as they are. In code, and after a backslash, `{{#`
//! is text like any other.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::directive::Directive;
use crate::outline::Stages;
use crate::player::OnPage;
use crate::render::{Rendered, Renderer};
use crate::sources::Sources;
use crate::{Error, Programs, Workspace};

/// A page with everything in it that it asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its text, for mdBook.
    pub markdown: String,
    /// What was put in, in order.
    pub shown: Vec<Shown>,
}

/// One directive and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Path of the page from the workspace's root: `book/src/ch02-sleep.md`.
    pub page: String,
    /// Line of the page, from 1.
    pub line: usize,
    /// As the page has it: `{{#trace ch02-sleep sleepy}}`.
    pub directive: String,
    /// What stands there, as plain text.
    pub text: String,
    /// The picture (the wide one), if it is one.
    pub svg: Option<String>,
}

/// A directive in a page.
#[derive(Debug)]
pub(crate) struct Found {
    /// Its bytes, with the braces.
    pub(crate) range: Range<usize>,
    /// Its line, from 1.
    pub(crate) line: usize,
    /// What it says, or why that can't be read.
    pub(crate) directive: Result<Directive, Error>,
}

/// Expands `markdown`, the page called `name`: `book/src/ch02-sleep.md`.
///
/// # Errors
/// Everything that is wrong in the page, each with its line.
pub fn page(
    workspace: &Workspace,
    programs: &Programs,
    name: &str,
    markdown: &str,
) -> Result<Page, Error> {
    let sources = &Sources::new(workspace)?;
    let stages = Stages::new();
    let renderer = Renderer { sources, programs, stages: &stages };
    expanded(renderer, name, markdown).map_err(Error::all)
}

/// As [`page`], its errors apart.
pub(crate) fn expanded(
    renderer: Renderer<'_>,
    name: &str,
    markdown: &str,
) -> Result<Page, Vec<Error>> {
    let mut page = Page { markdown: String::new(), shown: Vec::new() };
    let (mut errors, mut done) = (Vec::new(), 0);
    let mut on_page = OnPage::new(name);
    for found in directives(markdown) {
        page.markdown += &markdown[done..found.range.start];
        done = found.range.end;
        let directive = &markdown[found.range];
        let made = found.directive.and_then(|it| {
            let fetched = renderer.render(&it, &mut on_page)?;
            Ok(page.put(it.is_inline(), fetched))
        });
        match made {
            Ok((text, svg)) => page.shown.push(Shown {
                page: name.to_owned(),
                line: found.line,
                directive: directive.to_owned(),
                text,
                svg,
            }),
            Err(it) => errors.push(it.with_context(format!("{name}:{}", found.line))),
        }
    }
    page.markdown += &markdown[done..];
    if errors.is_empty() { Ok(page) } else { Err(errors) }
}

impl Page {
    /// Adds an expansion; a block of Markdown stands between blank lines. What is left of
    /// it is the text and the picture.
    fn put(&mut self, is_inline: bool, rendered: Rendered) -> (String, Option<String>) {
        let space = if is_inline { "" } else { "\n" };
        self.markdown.extend([space, &rendered.markdown, space]);
        (rendered.text, rendered.svg)
    }
}

/// Every directive of `markdown` that is no code and not escaped.
pub(crate) fn directives(markdown: &str) -> Vec<Found> {
    let verbatim = verbatim(markdown);
    let is_verbatim = |at: usize| verbatim.iter().any(|range| range.contains(&at));
    let is_escaped = |at: usize| markdown[..at].ends_with('\\');
    let starts = markdown.match_indices("{{#").map(|(at, _)| at);
    let starts = starts.filter(|&at| !is_verbatim(at) && !is_escaped(at));
    starts.map(|at| found(markdown, at)).collect()
}

/// The directive that begins at byte `at`.
fn found(markdown: &str, at: usize) -> Found {
    let line = markdown[..at].matches('\n').count() + 1;
    let rest = markdown[at..].lines().next().unwrap_or_default();
    let Some(end) = rest.find("}}") else {
        let directive =
            Err(Error::new(format!("`{rest}` lacks its `}}}}` on the same line")));
        return Found { range: at..at + rest.len(), line, directive };
    };
    let alone =
        (at == 0 || markdown[..at].ends_with('\n')) && rest[end + 2..].trim().is_empty();
    let directive = Directive::parse(&rest["{{#".len()..end]);
    let directive = directive.and_then(|it| match alone || it.is_inline() {
        true => Ok(it),
        false => Err(crowded(&rest[..end + 2])),
    });
    Found { range: at..at + end + 2, line, directive }
}

fn crowded(directive: &str) -> Error {
    Error::new(format!(
        "`{directive}` needs a line of its own, from its first column \
         (only `number` and `measured` stand inside a paragraph; `\\{{{{#` is text)"
    ))
}

/// Where Markdown has code or a comment: nothing is expanded there.
fn verbatim(markdown: &str) -> Vec<Range<usize>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let events = Parser::new_ext(markdown, options).into_offset_iter();
    let ranges = events.filter_map(|(event, range)| match event {
        Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => Some(range),
        Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => {
            markdown[range.clone()].starts_with("<!--").then_some(range)
        }
        _ => None,
    });
    ranges.collect()
}
