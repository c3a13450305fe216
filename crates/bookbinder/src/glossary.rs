//! The words of `book/glossary.toml`: their page, and a link to it from each chapter.
//!
//! Invariant: a word is explained once, in that file. In each chapter its first use in
//! running text is a link; headings, tables, code, links and folded summaries stay as
//! they are.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, TagEnd};

use crate::data::records;
use crate::link::{relative, titled};
use crate::page::directives;
use crate::{Error, Workspace};

/// Where the words stand.
const FILE: &str = "book/glossary.toml";

/// The page that lists them, named from `book/src`.
const PAGE: &str = "reference/glossary.md";

/// One word of the trade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The word.
    pub word: String,
    /// What else it is written as: its plural, its synonyms.
    pub forms: Vec<String>,
    /// Phrases that contain it and mean something else.
    pub not: Vec<String>,
    /// What it means.
    pub says: String,
    /// The page that introduces it, named from `book/src`.
    pub page: String,
}

/// All words, in the order of the alphabet; none, if the book has no glossary.
///
/// # Errors
/// `book/glossary.toml` can't be read, or an entry of it lacks something.
pub fn terms(ws: &Workspace) -> Result<Vec<Term>, Error> {
    if !ws.root().join(FILE).is_file() {
        return Ok(Vec::new());
    }
    let records = records(ws, FILE, "term", &["word", "forms", "not", "says", "page"])?;
    let terms = records.iter().map(|record| {
        let (word, says) = (record.text("word")?, record.text("says")?);
        let (forms, not) = (record.list("forms"), record.list("not"));
        Ok(Term { word, forms, not, says, page: record.text("page")? })
    });
    let mut terms = terms.collect::<Result<Vec<_>, Error>>()?;
    terms.sort_by_key(|term| term.word.to_lowercase());
    Ok(terms)
}

impl Term {
    /// What links call it: `join-handle`.
    #[must_use]
    pub fn anchor(&self) -> String {
        self.word.to_lowercase().replace(' ', "-")
    }
}

/// The page of all words: Markdown, and plain text.
pub(crate) fn list(ws: &Workspace, from: &str) -> Result<(String, String), Error> {
    let (mut markdown, mut text) = (String::new(), String::new());
    for term in terms(ws)? {
        let (word, says) = (&term.word, &term.says);
        let page = titled(ws, from, &term.page)?;
        let _ = write!(
            markdown,
            "## {word} {{#{}}}\n\n{says} See {page}.\n\n",
            term.anchor()
        );
        let _ = writeln!(text, "{word}: {says} ({})", term.page);
    }
    Ok((markdown, text))
}

/// Makes the first use of each term in each chapter a link, in `pages`: their names and
/// their text, in the order of the book.
pub(crate) fn link(terms: &[Term], pages: &mut [(String, String)]) {
    let phrases = phrases(terms);
    let mut linked = BTreeSet::new();
    for (name, markdown) in pages {
        let Some(chapter) = chapter(name) else { continue };
        let is_new = |term: &Term| linked.insert((chapter.to_owned(), term.word.clone()));
        let uses = uses(&phrases, markdown, is_new);
        for (range, term) in uses.into_iter().rev() {
            let link = linked_word(name, term, &markdown[range.clone()]);
            markdown.replace_range(range, &link);
        }
    }
}

/// `ch02-sleep` of `book/src/ch02-sleep/heap.md`; only chapters have links.
fn chapter(page: &str) -> Option<&str> {
    let (folder, _) = page.strip_prefix("book/src/")?.split_once('/')?;
    folder.strip_prefix("ch")?.starts_with(|c: char| c.is_ascii_digit()).then_some(folder)
}

/// What to look for, the longest first, and what it is a use of; nothing, if it means
/// something else.
type Phrases<'a> = Vec<(String, Option<&'a Term>)>;

fn phrases(terms: &[Term]) -> Phrases<'_> {
    let mut phrases = Phrases::new();
    for term in terms {
        let forms = std::iter::once(&term.word).chain(&term.forms);
        phrases.extend(forms.map(|it| (it.to_lowercase(), Some(term))));
        phrases.extend(term.not.iter().map(|it| (it.to_lowercase(), None)));
    }
    phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    phrases
}

/// The first use in `markdown` of each term that `is_new`, in order.
fn uses<'a>(
    phrases: &Phrases<'a>,
    markdown: &str,
    mut is_new: impl FnMut(&Term) -> bool,
) -> Vec<(Range<usize>, &'a Term)> {
    let mut uses = Vec::new();
    for prose in prose(markdown) {
        let mut at = prose.start;
        while at < prose.end {
            let found = phrases.iter().find(|(it, _)| is_at(markdown, &prose, at, it));
            let Some((phrase, term)) = found else {
                at += markdown[at..].chars().next().map_or(1, char::len_utf8);
                continue;
            };
            let range = at..at + phrase.len();
            at = range.end;
            uses.extend(term.filter(|term| is_new(term)).map(|term| (range, term)));
        }
    }
    uses
}

/// Whether the whole words `phrase` begin at `at`.
fn is_at(markdown: &str, prose: &Range<usize>, at: usize, phrase: &str) -> bool {
    let end = at + phrase.len();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    end <= prose.end
        && markdown.get(at..end).is_some_and(|it| it.eq_ignore_ascii_case(phrase))
        && !markdown[..at].ends_with(is_part)
        && !markdown[end..].starts_with(is_part)
}

/// The running text of a page: no headings, tables, code, links, HTML or directives.
fn prose(markdown: &str) -> Vec<Range<usize>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let asked: Vec<_> = directives(markdown).into_iter().map(|it| it.range).collect();
    let is_free = |range: &Range<usize>| {
        asked.iter().all(|it| it.end <= range.start || range.end <= it.start)
    };
    let (mut prose, mut closed) = (Vec::new(), 0_usize);
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        match event {
            Event::Start(tag) if is_closed(tag.to_end()) => closed += 1,
            Event::End(tag) if is_closed(tag) => closed -= 1,
            Event::Text(_) if closed == 0 && is_free(&range) => prose.push(range),
            _ => {}
        }
    }
    prose
}

/// What has no links inside.
fn is_closed(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Table
    )
}

/// A link from `page` to the glossary; a reader who points at it sees the meaning.
fn linked_word(page: &str, term: &Term, word: &str) -> String {
    let title = term.says.replace('`', "").replace('"', "&quot;");
    format!("[{word}]({}#{} \"{title}\")", relative(page, PAGE), term.anchor())
}
