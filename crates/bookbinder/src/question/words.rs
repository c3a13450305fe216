//! The words of a question: Markdown in a line, rows, and what decides.
//!
//! Invariant: what is said about a row is read off the trace.

use pulldown_cmark::{Parser, html::push_html};

use super::data::{Choice, Question, Rule};
use super::key::Key;
use super::rows::{Row, Rows};
use crate::Error;
use crate::html::code;

/// An answer shows the rows that decide, if they stand as near to each other as this.
const NEAR: usize = 8;

/// One paragraph of Markdown as HTML, without a `<p>` around it.
pub(super) fn inline(markdown: &str) -> Result<String, Error> {
    let mut html = String::new();
    push_html(&mut html, Parser::new(markdown));
    let text = html.trim().strip_prefix("<p>").and_then(|it| it.strip_suffix("</p>"));
    match text.filter(|it| !it.contains("<p>")) {
        Some(text) => Ok(text.replace('\n', " ")),
        None => Err(Error::new(format!("`{markdown}` is more than a paragraph"))),
    }
}

/// A choice as the page says it. A row is code, a number is a word.
pub(super) fn said(choice: &Choice, rule: &Rule) -> Result<String, Error> {
    match (&choice.say, rule) {
        (Some(say), _) => inline(say),
        (None, Rule::Next(_) | Rule::Wakes(_)) => Ok(code(&choice.is)),
        (None, _) => inline(&choice.is),
    }
}

/// The events as the page says them, in the order of the trace.
pub(super) fn events(
    question: &Question,
    rows: &Rows<'_>,
    key: &Key,
) -> Result<Vec<String>, Error> {
    let Rule::Events(events) = &question.rule else { return Ok(Vec::new()) };
    let mut said = Vec::new();
    for at in key {
        let event = events.iter().find(|it| rows.one(&it.row).is_ok_and(|it| it == *at));
        let say = event.and_then(|it| it.say.as_deref());
        let html = say.map_or_else(|| Ok(code(&rows.all[*at].event)), inline)?;
        if said.contains(&html) {
            let why = format!("two events read `{}`: give each a `say`", tagless(&html));
            return Err(Error::new(why));
        }
        said.push(html);
    }
    Ok(said)
}

/// When row `at` happens, and what decides that: who made its task ready, or, if the
/// task was running or just began, the row above. `key` are the rows that are asked for.
pub(super) fn decides(rows: &Rows<'_>, key: &Key, at: usize) -> String {
    let when = when(&rows.all[at], at);
    let is_between = |cause: usize| {
        key.iter().any(|it| (cause + 1..at).contains(it) && rows.is_own(*it, at))
    };
    match rows.cause(at).filter(|(cause, _)| !is_between(*cause)) {
        Some((_, by)) => format!("{when}, made ready by {}", code(&by)),
        None => match above(rows, key, at) {
            Some(above) => format!("{when}, after {}", code(&rows.all[above].event)),
            None => format!("{when}, before all others"),
        },
    }
}

/// The row above `at`; or the one above that, where a task is resumed and nobody asks for
/// that: that it runs is no news.
fn above(rows: &Rows<'_>, key: &Key, at: usize) -> Option<usize> {
    let above = at.checked_sub(1)?;
    match rows.is_resumption(above) && rows.is_own(above, at) && !key.contains(&above) {
        true => above.checked_sub(1).or(Some(above)),
        false => Some(above),
    }
}

/// `at 50 ms, turn 4`, or `in line 7`, where a trace has neither.
fn when(row: &Row, at: usize) -> String {
    match (&*row.time, &*row.turn) {
        ("", _) => format!("in line {}", at + 1),
        (time, "") => format!("at {time}"),
        (time, turn) => format!("at {time}, turn {turn}"),
    }
}

/// The rows that stand in the answer.
pub(super) fn shown(question: &Question, key: &Key) -> Option<(usize, usize)> {
    let is_order = matches!(question.rule, Rule::Events(_));
    let (first, last) = (key.first()?, key.last()?);
    let near = (first + 1, last + 1);
    let is_near = !is_order && last - first < NEAR;
    question.show.or_else(|| is_near.then_some(near))
}

/// HTML as it is read.
pub(super) fn tagless(html: &str) -> String {
    let parts = html.split('<').map(|it| it.split_once('>').map_or(it, |(_, text)| text));
    let text: String = parts.collect();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&")
}
