//! Parts of recordings and snapshots that a page can ask for: rows, numbers, words.
//!
//! Invariant: a fact is read off the same rendering that the reader sees, so that a
//! number in a sentence can't differ from the table below it.

use trace::{Trace, What};

use crate::Error;

/// The fact called `name`, one of `directive::FACTS`.
pub(crate) fn fact(trace: &Trace, name: &str) -> String {
    let is_print = |what: &What| matches!(what, What::Printed { .. });
    let count = match name {
        "end" => return end(trace),
        "turns" => {
            return trace.events.iter().map(|it| it.turn).max().unwrap_or(0).to_string();
        }
        "tasks" => trace.tasks().len(),
        "prints" => trace.events.iter().filter(|it| is_print(&it.what)).count(),
        _ => trace.events.len(),
    };
    count.to_string()
}

/// Time of the last event, as the table says it: the first column of the last row.
fn end(trace: &Trace) -> String {
    let table = trace.to_text();
    let last = table.lines().skip(1).last().unwrap_or("0 ms");
    let columns = last.trim_start().split_once("  ");
    columns.map_or(last, |(time, _)| time).to_owned()
}

/// The headings of `table` and its rows `first` to `last`, from 1. What is left out
/// before and after is a line of its own: a reader must see that there is more.
pub(crate) fn rows(table: &str, lines: Option<(usize, usize)>) -> Result<String, Error> {
    let Some((first, last)) = lines else { return Ok(table.to_owned()) };
    let mut all = table.lines();
    let headings = all.next().unwrap_or_default();
    let rows: Vec<&str> = all.collect();
    if last > rows.len() {
        return Err(Error::new(format!(
            "lines={first}-{last} ends after the trace, of {} lines",
            rows.len()
        )));
    }
    let mut shown = vec![headings];
    shown.extend((first > 1).then_some("…"));
    shown.extend(&rows[first - 1..last]);
    shown.extend((last < rows.len()).then_some("…"));
    Ok(shown.iter().map(|line| format!("{line}\n")).collect())
}

/// What a picture says to those who can't see it: its title and its description.
pub(crate) fn described(svg: &str) -> String {
    let part = |tag: &str| {
        let (_, after) = svg.split_once(&format!("<{tag}"))?;
        let (_, text) = after.split_once('>')?;
        Some(text.split_once(&format!("</{tag}>"))?.0)
    };
    let parts: Vec<&str> = ["title", "desc"].into_iter().filter_map(part).collect();
    parts.join(". ")
}

/// The lines `NAME = VALUE` of a snapshot.
pub(crate) fn assertions(snapshot: &str) -> Vec<(String, String)> {
    let parted = snapshot.strip_prefix("---").and_then(|it| it.split_once("\n---\n"));
    let body = parted.map_or(snapshot, |(_, body)| body);
    let pairs = body.lines().filter_map(|line| line.split_once('='));
    pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
}
