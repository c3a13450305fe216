//! The parts of the screen: events, tasks, queues, code.
//!
//! Invariant: each is given its room and keeps to it. What has no room is counted, not
//! dropped without a word.

use std::ops::Range;

use trace::{Timer, Told, Wake, Watched};

use super::ink::{Ink, Line};
use super::player::{Player, Row};

/// How many rows [`queues`] has at most.
pub(crate) const QUEUES: usize = 5;

/// The part of `0..len` that is shown in `room`, with `middle` as near the middle as the
/// ends let it be.
fn window(len: usize, middle: usize, room: usize) -> Range<usize> {
    let last_start = len.saturating_sub(room);
    let start = middle.saturating_sub(room / 2).min(last_start);
    start..len.min(start + room)
}

/// The events around the current one, as the trace's table has them.
pub(crate) fn events(player: &Player<'_>, height: usize) -> Vec<Line> {
    let Some((headings, rows)) = player.table.split_first() else {
        return Vec::new();
    };
    let current = player.at.wrapping_sub(1);
    let row = |index: usize| match index == current {
        true => Line::new(Ink::Current, &format!("> {}", rows[index])),
        false => Line::new(Ink::Plain, &format!("  {}", rows[index])),
    };
    let shown = window(rows.len(), current.min(rows.len()), height.saturating_sub(1));
    let headings = Line::new(Ink::Dim, &format!("  {headings}"));
    std::iter::once(headings).chain(shown.map(row)).collect()
}

/// A line for each task, in the order in which they first appear in the trace.
pub(crate) fn tasks(player: &Player<'_>, height: usize) -> Vec<Line> {
    let tasks = &player.tasks;
    let width = tasks.iter().map(|task| task.chars().count()).max().unwrap_or(0);
    let now = player.event().and_then(|event| event.task.as_deref());
    let middle = tasks.iter().position(|task| Some(task.as_str()) == now).unwrap_or(0);
    let has_room = tasks.len() <= height;
    let room = if has_room { height } else { height.saturating_sub(1) };
    let shown = window(tasks.len(), middle, room);
    let rest = tasks.len() - shown.len();
    let more = (rest > 0).then(|| Line::new(Ink::Dim, &format!("  and {rest} more")));
    let line = |task: &String| {
        let doing = doing(player, task);
        let is_running = player.state.running.last().is_some_and(|one| one == task);
        let (mark, ink) = if is_running { ("> ", Ink::Bold) } else { ("  ", Ink::Plain) };
        Line::new(ink, &format!("{mark}{task:width$}  ")).and(ink, &doing)
    };
    tasks[shown].iter().map(line).chain(more).collect()
}

/// How wide [`tasks`] gets in the course of the recording.
pub(crate) fn widest_task(player: &Player<'_>) -> usize {
    let width = |told: &Told| told.what.chars().count();
    let what = player.told.iter().filter(|told| told.what.starts_with("suspended"));
    let name = player.tasks.iter().map(|task| task.chars().count()).max();
    what.map(width).max().unwrap_or(0) + name.unwrap_or(0) + 4
}

/// What `task` does, in words; what it did last, if it never was a loop's.
fn doing(player: &Player<'_>, task: &str) -> String {
    let state = &player.state;
    if let Some(place) = state.running.iter().position(|one| one == task) {
        return match state.running.get(place + 1) {
            Some(inner) => format!("has resumed {inner}"),
            None => "running".to_owned(),
        };
    }
    let ready = state.ready.iter().find(|one| one.task == task);
    let timer = state.timers.iter().find(|one| one.task == task);
    let watched = state.descriptors.iter().find(|one| one.task == task);
    let other = state.others.iter().find(|one| one.task == task);
    let ended = state.ended.iter().find(|one| one.task == task);
    let words = [
        ready.map(|_| "ready".to_owned()),
        timer.map(|one| format!("suspended until {}", one.due)),
        watched.map(|one| {
            let what = if one.is_output { "writable" } else { "readable" };
            format!("suspended until {} is {what}", one.source)
        }),
        other.map(|one| format!("suspended {}", one.what)),
        ended.map(|one| one.what.clone()),
    ];
    let last = || player.told[..player.at].iter().rfind(|told| told.who == task);
    let last = || last().map_or_else(|| "nothing yet".to_owned(), |it| it.what.clone());
    words.into_iter().flatten().next().unwrap_or_else(last)
}

/// Who runs, who is ready and by whom, the timers, the descriptors, what the loop waits
/// for; `height` lines, of which each row takes one, and more where there is room.
pub(crate) fn queues(player: &Player<'_>, width: usize, height: usize) -> Vec<Line> {
    let label = 9;
    let mut spare = height.saturating_sub(player.rows.len());
    let mut lines = Vec::new();
    for row in &player.rows {
        let (name, items) = (name(*row), items(*row, player));
        let wrapped = wrapped(&items, width.saturating_sub(label), 1 + spare);
        spare -= wrapped.len() - 1;
        for (index, text) in wrapped.iter().enumerate() {
            let name = if index == 0 { name } else { "" };
            let line = Line::new(Ink::Label, &format!("{name:label$}"));
            lines.push(line.and(Ink::Plain, text));
        }
    }
    lines
}

fn name(row: Row) -> &'static str {
    match row {
        Row::Running => "running",
        Row::Ready => "ready",
        Row::Timers => "timers",
        Row::Watched => "watched",
        Row::Waits => "the loop",
    }
}

/// What a row holds, in its order.
fn items(row: Row, player: &Player<'_>) -> Vec<String> {
    let state = &player.state;
    match row {
        Row::Running if state.running.is_empty() && state.waits.is_none() => {
            vec![player.nobody_else().to_owned()]
        }
        Row::Running => state.running.clone(),
        Row::Ready => state.ready.iter().map(by).collect(),
        Row::Timers => state.timers.iter().map(|one| due(one, state.now_ns)).collect(),
        Row::Watched => state.descriptors.iter().map(watched).collect(),
        Row::Waits => state.waits.iter().map(|what| format!("waits {what}")).collect(),
    }
}

fn by(one: &Wake) -> String {
    let by = one.by.as_ref().map(|by| format!(" (by {by})"));
    one.task.clone() + &by.unwrap_or_default()
}

fn due(one: &Timer, now_ns: u64) -> String {
    match one.until_ns <= now_ns {
        true => format!("{} is due", one.task),
        false => format!("{} at {}", one.task, one.due),
    }
}

/// For input, unless it says otherwise; what it waits for stands with the task, too.
fn watched(one: &Watched) -> String {
    let what = if one.is_output { " writable" } else { "" };
    let now = if one.has_come { " now" } else { "" };
    format!("{}{what}{now} → {}", one.source, one.task)
}

/// `items` with commas, broken into at most `most` lines; `–`, if there are none. What
/// has no room is counted at the end.
fn wrapped(items: &[String], width: usize, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for (index, item) in items.iter().enumerate() {
        let rest = items.len() - index - 1;
        let comma = if rest == 0 { "" } else { ", " };
        let more = if rest == 0 { 0 } else { format!("+{rest} more").len() };
        let is_last = lines.len() == most;
        let line = lines.last_mut().expect("there is a first line");
        let needed = item.chars().count() + comma.len() + if is_last { more } else { 0 };
        let fits = line.chars().count() + needed <= width;
        match (fits || line.is_empty(), is_last) {
            (true, _) => line.extend([item.as_str(), comma]),
            (false, false) => lines.push(format!("{item}{comma}")),
            (false, true) => {
                line.extend(["+", &(rest + 1).to_string(), " more"]);
                return lines;
            }
        }
    }
    if items.is_empty() {
        lines[0].push('–');
    }
    lines
}

/// The code that acted: where it is, and its lines around the one that did it.
pub(crate) fn code(player: &Player<'_>, width: usize, height: usize) -> Vec<Line> {
    let Some(event) = player.event() else {
        return vec![Line::rule("nothing happens in this recording", width)];
    };
    let Some(place) = &player.place else {
        let none = Line::new(Ink::Plain, "  this workspace has no such line");
        return vec![Line::rule(&event.at.to_string(), width), none];
    };
    let item = place.item.as_ref().map(|item| format!("  {item}")).unwrap_or_default();
    let rule = Line::rule(&format!("{}{item}", event.at), width);
    let acted = place.line - place.first;
    let shown = window(place.lines.len(), acted, height.saturating_sub(1));
    let line = |index: usize| {
        let (number, text) = (place.first + index, &place.lines[index]);
        match index == acted {
            true => Line::new(Ink::Current, &format!("> {number:>4}  {text}")),
            false => {
                Line::new(Ink::Dim, &format!("  {number:>4}  ")).and(Ink::Plain, text)
            }
        }
    };
    std::iter::once(rule).chain(shown.map(line)).collect()
}
