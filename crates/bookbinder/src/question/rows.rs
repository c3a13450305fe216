//! The rows of a trace, as its table has them, and what follows from them.
//!
//! Invariant: rows are read off the table that the reader sees, so a pattern in a
//! question is written as it stands there.

use trace::{Came, On, Trace, What};

use crate::Error;
use crate::error::nearest;

/// A trace by rows.
pub(super) struct Rows<'a> {
    /// What was recorded.
    pub(super) trace: &'a Trace,
    /// The table.
    pub(super) table: String,
    /// Its rows, one for each event.
    pub(super) all: Vec<Row>,
}

/// One row, its columns apart; a column that the table hasn't is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// `50 ms`.
    pub(super) time: String,
    /// `4`.
    pub(super) turn: String,
    /// Who and what: `loop woke: timer of sleepy-1`.
    pub(super) event: String,
    /// All of it, blanks folded: `line 24: 50 ms 4 loop woke: timer of sleepy-1`.
    pub(super) whole: String,
}

impl<'a> Rows<'a> {
    pub(super) fn of(trace: &'a Trace) -> Self {
        let table = trace.to_text();
        let headings = table.lines().next().unwrap_or_default();
        let column = |name: &str| headings.find(name);
        let (turn, who) = (column("turn"), column("who").unwrap_or(0));
        let row = |(number, line): (usize, &str)| {
            let split =
                |at: usize| line.char_indices().nth(at).map_or(line.len(), |(at, _)| at);
            let (before, event) = line.split_at(split(who));
            // The numbers of turns end where their heading does.
            let (time, turn) = match turn {
                None => (before, ""),
                Some(_) => before.trim_end().rsplit_once("  ").unwrap_or(("", before)),
            };
            let [time, turn, event, line] = [time, turn, event, line].map(folded);
            let whole = format!("line {number}: {line}");
            Row { time, turn, event, whole }
        };
        let all = (1..).zip(table.lines().skip(1)).map(row).collect();
        Rows { trace, table, all }
    }

    /// The one row that ends as `pattern` does.
    pub(super) fn one(&self, pattern: &str) -> Result<usize, Error> {
        let found = self.matching(pattern);
        match found[..] {
            [at] => Ok(at),
            [] => Err(self.missing(pattern)),
            _ => {
                let lines: Vec<String> =
                    found.iter().map(|at| (at + 1).to_string()).collect();
                Err(Error::new(format!(
                    "`{pattern}` is {} rows of the trace of {} (lines {}), so it has no \
                     one place in it: put the turn in front, or time and turn, \
                     or `line N:` and all of it",
                    found.len(),
                    self.trace.header.scenario,
                    lines.join(", "),
                )))
            }
        }
    }

    /// Every row that ends as `pattern` does.
    pub(super) fn matching(&self, pattern: &str) -> Vec<usize> {
        let pattern = format!("* {}", folded(pattern));
        let fits = |at: &usize| fits(&format!(" {}", self.all[*at].whole), &pattern);
        (0..self.all.len()).filter(fits).collect()
    }

    /// Whether rows like `patterns` are there in this order, and where the last is.
    pub(super) fn in_order(&self, patterns: &[String]) -> Option<usize> {
        let mut last = None;
        for pattern in patterns {
            let after = |at: &usize| last.is_none_or(|last| *at > last);
            last = Some(self.matching(pattern).into_iter().find(after)?);
        }
        last
    }

    /// The error for a row that isn't there.
    pub(super) fn missing(&self, pattern: &str) -> Error {
        let events: Vec<&str> = self.all.iter().map(|row| row.event.as_str()).collect();
        let near = nearest(pattern, &events);
        let near = near.map(|near| format!("; did you mean `{near}`?"));
        Error::new(format!(
            "no row of the trace of {} ends in `{pattern}`{}",
            self.trace.header.scenario,
            near.unwrap_or_else(|| "; run it and take one from there".to_owned()),
        ))
    }

    /// Whether rows `one` and `other` are of the same task.
    pub(super) fn is_own(&self, one: usize, other: usize) -> bool {
        self.trace.events[one].task == self.trace.events[other].task
    }

    /// Whether a task is resumed in row `at`.
    pub(super) fn is_resumption(&self, at: usize) -> bool {
        matches!(self.trace.events[at].what, What::Resumed { .. })
    }

    /// The row that made the task of row `at` ready for it, and what it says about the
    /// cause: `timer of ada`. None, if its first resumption led to it, or somebody else's.
    pub(super) fn cause(&self, at: usize) -> Option<(usize, String)> {
        let events = &self.trace.events;
        let task = events[at].task.as_deref()?;
        let is_left = |at: &usize| matches!(events[*at].what, What::Suspended { .. });
        let own = |before: usize| (0..before).rev().filter(|it| self.is_own(*it, at));
        let resumed = own(at + 1).find(|it| self.is_resumption(*it))?;
        let is_passive = matches!(events[at].what, What::Woken { .. } | What::Spawned);
        if is_passive || own(at).find(is_left).is_some_and(|left| left > resumed) {
            return None;
        }
        let left = own(resumed).find(is_left);
        let on = left.and_then(|left| match &events[left].what {
            What::Suspended { on } => Some(on),
            _ => None,
        });
        (left.unwrap_or(0)..resumed).rev().find_map(|at| {
            let words = match &events[at].what {
                What::Woken { by } if self.is_own(at, resumed) => Some(by.clone()),
                What::Ready { came } => {
                    came.iter().find(|it| is_for(it, task, on)).map(words)
                }
                _ => None,
            };
            words.map(|words| (at, words))
        })
    }
}

/// Whether `came` is what `task`, which waits `on` something, waits for.
fn is_for(came: &Came, task: &str, on: Option<&On>) -> bool {
    match (came, on) {
        (Came::Timer(name), _) => name == task,
        (Came::Readable(source), Some(On::Readable(awaited)))
        | (Came::Writable(source), Some(On::Writable(awaited))) => source == awaited,
        _ => false,
    }
}

/// As the table says it.
fn words(came: &Came) -> String {
    match came {
        Came::Timer(task) => format!("timer of {task}"),
        Came::Readable(source) => format!("{source} is readable"),
        Came::Writable(source) => format!("{source} is writable"),
        Came::Message(from) => format!("message from {from}"),
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `text` is `pattern`, whose every `*` is any text.
fn fits(text: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => text == pattern,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            let mut ends = (0..=text.len()).filter(|at| text.is_char_boundary(*at));
            ends.any(|at| fits(&text[at..], rest))
        }),
    }
}
