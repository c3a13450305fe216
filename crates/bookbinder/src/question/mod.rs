//! Questions to the reader: written beside the pages, decided by a trace.
//!
//! Invariant: no key is taken on trust. What a question calls right must be what the
//! program did, and each wrong choice must not; or the book isn't built.

mod data;
mod read;
mod rows;
mod key;
mod shuffle;
mod words;
mod form;

use crate::Error;
use crate::render::{Rendered, Renderer};
use crate::workspace::Workspace;
use data::Question;
use rows::Rows;

/// A question that pages may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its name, which no other question of the book has.
    pub name: String,
    /// The chapter that it's about: `ch02-sleep`.
    pub chapter: String,
    /// The scenario that decides it.
    pub scenario: String,
    /// How: `events`, `wakes`, `next`, `count`, `time`, `turn`, `fact` or `happens`.
    pub rule: &'static str,
}

/// Every question that is written, by chapter, each chapter's by name.
///
/// # Errors
/// A file of questions can't be read, or says something that no question has.
pub fn questions(ws: &Workspace) -> Result<Vec<Asked>, Error> {
    let all = read::all(ws)?.into_iter().map(|it| Asked {
        rule: it.rule.name(),
        name: it.name,
        chapter: it.chapter,
        scenario: it.scenario,
    });
    Ok(all.collect())
}

/// The question called `name`, checked against a run, as a page shows it.
pub(crate) fn render(from: Renderer<'_>, name: &str) -> Result<Rendered, Error> {
    let all = read::all(from.sources.workspace)?;
    let Some(question) = all.iter().find(|it| it.name == name) else {
        let names: Vec<&String> = all.iter().map(|it| &it.name).collect();
        return Err(Error::unknown("question in book/questions", name, &names));
    };
    checked(from, question).map_err(|it| it.with_context(question.place()))
}

fn checked(from: Renderer<'_>, question: &Question) -> Result<Rendered, Error> {
    let trace = from.programs.trace(&question.chapter, &question.scenario)?;
    let rows = Rows::of(&trace);
    let key = key::of(question, &rows)?;
    form::of(question, &rows, &key)
}
