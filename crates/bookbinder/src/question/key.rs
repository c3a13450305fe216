//! What a trace says to a question.
//!
//! Invariant: there is a key only if the answer is true by the question's rule, and each
//! wrong choice is false by the same rule.

use super::data::{Choice, Question, Rule};
use super::rows::Rows;
use crate::Error;
use crate::directive::FACTS;
use crate::facts::fact;

/// The rows that decide a question, from 0: of events to be put in order, theirs.
pub(super) type Key = Vec<usize>;

/// The key of `question`.
pub(super) fn of(question: &Question, rows: &Rows<'_>) -> Result<Key, Error> {
    let key = match &question.rule {
        Rule::Events(_) => order(question, rows)?,
        Rule::Happens => happens(&question.choices, rows)?,
        rule => {
            let (value, key) = value(rule, rows)?;
            compare(&question.choices, rule.name(), &value)?;
            key
        }
    };
    let within =
        |lines: (usize, usize), at: usize| (lines.0..=lines.1).contains(&(at + 1));
    if question.given.is_some_and(|lines| key.iter().any(|at| within(lines, *at))) {
        return Err(Error::new(
            "`given` shows a row that decides the question: \
                               show others, or none",
        ));
    }
    let is_shown = |lines| key.is_empty() || key.iter().any(|at| within(lines, *at));
    match question.show.is_none_or(is_shown) {
        true => Ok(key),
        false => {
            Err(Error::new(format!("`show` leaves out what decides: {}", lines(&key))))
        }
    }
}

/// `line 3`, `lines 3, 5` of a trace.
fn lines(key: &Key) -> String {
    let all: Vec<String> = key.iter().map(|at| (at + 1).to_string()).collect();
    let s = if all.len() == 1 { "" } else { "s" };
    format!("line{s} {} of the trace", all.join(", "))
}

/// The rows of the events, each one row and no row twice, in the order of the trace.
fn order(question: &Question, rows: &Rows<'_>) -> Result<Key, Error> {
    let Rule::Events(events) = &question.rule else { return Ok(Key::new()) };
    let mut key = Key::new();
    for event in events {
        let at = rows.one(&event.row)?;
        if key.contains(&at) {
            let why = format!("`{}` is the row of another event, too", event.row);
            return Err(Error::new(why));
        }
        key.push(at);
    }
    key.sort_unstable();
    Ok(key)
}

/// What the rule gives, and the rows that it is read from.
fn value(rule: &Rule, rows: &Rows<'_>) -> Result<(String, Key), Error> {
    Ok(match rule {
        Rule::Time(row) => {
            let at = rows.one(row)?;
            (rows.all[at].time.clone(), vec![at])
        }
        Rule::Turn(row) => {
            let at = rows.one(row)?;
            (rows.all[at].turn.clone(), vec![at])
        }
        Rule::Next(row) => {
            let at = rows.one(row)? + 1;
            let last = || Error::new(format!("`{row}` is the last row: nothing is next"));
            (rows.all.get(at).ok_or_else(last)?.event.clone(), vec![at])
        }
        Rule::Wakes(row) => {
            let at = rows.one(row)?;
            let none = || {
                Error::new(format!(
                    "nobody wakes `{row}`: its task just began, or ran on"
                ))
            };
            let (cause, by) = rows.cause(at).ok_or_else(none)?;
            (by, vec![cause])
        }
        Rule::Count(row) => {
            let all = rows.matching(row);
            (all.len().to_string(), all)
        }
        Rule::Fact(name) if FACTS.contains(&name.as_str()) => {
            (fact(rows.trace, name), Key::new())
        }
        Rule::Fact(name) => return Err(Error::unknown("fact of a trace", name, &FACTS)),
        Rule::Events(_) | Rule::Happens => (String::new(), Key::new()),
    })
}

/// The first of `choices` must be what the trace has, and no other.
fn compare(choices: &[Choice], rule: &str, value: &str) -> Result<(), Error> {
    let (answer, wrong) = choices.split_first().expect("a question has choices");
    if answer.is != value {
        return Err(Error::new(format!(
            "the answer is `{}`, and the trace says `{value}` (by `{rule}`): one of the \
             two is wrong",
            answer.is
        )));
    }
    match wrong.iter().find(|it| it.is == value) {
        None => Ok(()),
        Some(_) => Err(Error::new(format!(
            "`{value}` stands among the wrong choices, and is right"
        ))),
    }
}

/// The first of `choices` must have happened, and no other.
fn happens(choices: &[Choice], rows: &Rows<'_>) -> Result<Key, Error> {
    let (answer, wrong) = choices.split_first().expect("a question has choices");
    if let Some(none) = &answer.none
        && let Some(at) = rows.matching(none).first()
    {
        return Err(Error::new(format!(
            "by the answer there is no `{none}`, and line {} of the trace is",
            at + 1
        )));
    }
    let key = found(&answer.rows, rows)?;
    match wrong.iter().find(|it| is_so(it, rows)) {
        None => Ok(key),
        Some(it) => Err(Error::new(format!(
            "`{}` stands among the wrong choices, and the trace has it",
            it.shown()
        ))),
    }
}

/// Whether what `choice` names happened.
fn is_so(choice: &Choice, rows: &Rows<'_>) -> bool {
    match &choice.none {
        Some(none) => rows.matching(none).is_empty(),
        None => rows.in_order(&choice.rows).is_some(),
    }
}

/// The rows of the answer: there, and in this order.
fn found(patterns: &[String], rows: &Rows<'_>) -> Result<Key, Error> {
    let mut key = Key::new();
    for (at, pattern) in patterns.iter().enumerate() {
        if rows.matching(pattern).is_empty() {
            return Err(rows.missing(pattern));
        }
        let after = rows.in_order(&patterns[..=at]);
        let late = || {
            let why = format!("there is no `{pattern}` after `{}`", patterns[at - 1]);
            Error::new(why)
        };
        key.push(after.ok_or_else(late)?);
    }
    Ok(key)
}
