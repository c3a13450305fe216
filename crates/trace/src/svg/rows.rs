//! Events folded into rows: one stretch of one task's running, one wait of the loop, or
//! something that was done to a task.
//!
//! Invariant: every event has a spot: a row, and in it the piece of text that tells it.
//! Rows say what and in which order; where they stand is the layout's business.

use std::collections::BTreeMap;

use super::words::fails;
use crate::units::Unit;
use crate::{Came, Event, How, On, Trace, What};

/// A trace in rows.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    /// From the top.
    pub(super) rows: Vec<Row<'a>>,
    /// Of each event: the index of its row, and of its piece there.
    pub(super) spots: Vec<(usize, usize)>,
}

/// One row.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// What sort of row.
    pub(super) kind: Kind,
    /// Whose: a task, or the loop.
    pub(super) who: Option<&'a str>,
    /// The task that runs beside it, having resumed it.
    pub(super) caller: Option<&'a str>,
    /// How the task ended, if it did so here.
    pub(super) end: Option<&'a How>,
    /// What is told, in order.
    pub(super) pieces: Vec<Piece>,
}

/// What sort of row it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Tasks were spawned while nobody ran.
    Spawn,
    /// The task runs, or goes on after one that it resumed.
    Run,
    /// The task, which nobody resumed, says something: the program around the loop.
    Say,
    /// The loop waits.
    Wait,
    /// The loop found something ready without a wait.
    Ready,
    /// Something befalls a task that doesn't run: a wake, an end.
    Note,
}

/// Something to read in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The words.
    pub(super) text: String,
    /// How they are set.
    pub(super) tone: Tone,
    /// When, in nanoseconds.
    pub(super) t_ns: u64,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// The program's own words.
    Said,
    /// Ours about it.
    Note,
    /// Ours, about an end by error.
    Failure,
    /// The name of the task in this lane.
    Who(usize),
    /// A time.
    Time,
}

/// More spawned tasks than this are counted and not named.
const NAMED_SPAWNS: usize = 8;
/// A resumption is late when it comes so long after the task's timer was due: on a real
/// clock it always comes a little after.
const LATE_NS: u64 = 1_000_000;

impl<'a> Rows<'a> {
    pub(super) fn of(trace: &'a Trace, unit: Unit) -> Self {
        let mut fold = Fold {
            rows: Vec::new(),
            spots: Vec::new(),
            tasks: trace.tasks(),
            running: Vec::new(),
            spawned: Vec::new(),
            came: Vec::new(),
            due: BTreeMap::new(),
            unit,
        };
        for event in &trace.events {
            fold.event(event);
            let row = fold.rows.len() - 1;
            let pieces = fold.rows[row].pieces.len();
            fold.spots.push((row, pieces.saturating_sub(1)));
        }
        Rows { rows: fold.rows, spots: fold.spots }
    }
}

/// The rows so far, and what the next event needs to know.
struct Fold<'a> {
    /// From the top; events add to the last.
    rows: Vec<Row<'a>>,
    /// Of each event so far: its row, and its piece there.
    spots: Vec<(usize, usize)>,
    /// Everybody.
    tasks: Vec<&'a str>,
    /// Who runs, innermost last.
    running: Vec<&'a str>,
    /// The tasks in the last row, when it is one of spawns.
    spawned: Vec<&'a str>,
    /// The tasks whose timers the last `ready` named.
    came: Vec<&'a str>,
    /// When the timers of those are due that wait for one.
    due: BTreeMap<&'a str, u64>,
    /// What times are written in.
    unit: Unit,
}

impl<'a> Fold<'a> {
    fn event(&mut self, event: &'a Event) {
        let task = event.task.as_deref();
        let name = task.unwrap_or("loop");
        match &event.what {
            What::Spawned => self.spawned(event, name),
            What::Resumed { with } => self.resumed(event, name, with.as_deref()),
            What::Printed { text } => {
                self.row_of(task, Kind::Say);
                for line in text.split('\n') {
                    self.piece(event, line.replace('\t', "    "), Tone::Said);
                }
            }
            What::Suspended { on } => {
                if let On::Timer { until_ns } = on {
                    self.due.insert(name, *until_ns);
                }
                self.row_of(task, Kind::Note);
                self.note(event, &why(on, self.unit));
                self.running.retain(|running| *running != name);
            }
            What::Finished { how } => {
                self.row_of(task, Kind::Note);
                let words = event.words(self.unit);
                let words = words.trim_start_matches("finished: ");
                let tone = if fails(how) { Tone::Failure } else { Tone::Note };
                self.piece(event, words.to_owned(), tone);
                self.last().end = Some(how);
                self.running.retain(|running| *running != name);
            }
            What::Woken { by } => self.woken(event, name, by),
            What::Waiting { .. } => {
                self.row(Kind::Wait, None);
                self.note(event, &event.words(self.unit));
            }
            What::Ready { came } => self.ready(event, came),
        }
    }

    /// One row for all that are spawned together; the words of a task that spawns.
    fn spawned(&mut self, event: &Event, name: &'a str) {
        if let Some(running) = self.running.last().copied() {
            self.row_of(Some(running), Kind::Run);
            return self.note(event, &format!("spawns {name}"));
        }
        if self.rows.last().is_none_or(|row| row.kind != Kind::Spawn) {
            self.row(Kind::Spawn, None);
            self.spawned.clear();
        }
        self.spawned.push(name);
        let words = match self.spawned.len() {
            ..=NAMED_SPAWNS => format!("spawned: {}", self.spawned.join(", ")),
            n => format!("{n} tasks spawned"),
        };
        self.last().pieces.clear();
        self.note(event, &words);
    }

    fn resumed(&mut self, event: &Event, name: &'a str, with: Option<&str>) {
        let caller = self.running.last().copied();
        if caller.is_some() {
            self.row_of(caller, Kind::Run);
            self.note(event, &format!("resumes {name}"));
        }
        self.running.push(name);
        self.row(Kind::Run, Some(name));
        self.last().caller = caller;
        let due = self.due.remove(name).unwrap_or(event.t_ns);
        let late = event.t_ns.saturating_sub(due);
        if late >= LATE_NS {
            self.note(event, &format!("{} late", self.unit.show(late)));
        }
        if let Some(with) = with {
            self.note(event, &format!("with {with}"));
        }
    }

    fn woken(&mut self, event: &'a Event, name: &'a str, by: &str) {
        if let Some(running) = self.running.last().copied() {
            self.row_of(Some(running), Kind::Run);
            let through = if by == running { String::new() } else { format!(" ({by})") };
            let whom = if running == name { "itself" } else { name };
            return self.note(event, &format!("wakes {whom}{through}"));
        }
        let is_task = self.tasks.contains(&by);
        let acts = self.rows.last().is_some_and(|row| match row.kind {
            Kind::Wait | Kind::Ready => !is_task,
            Kind::Say => row.who == Some(by),
            Kind::Spawn | Kind::Run | Kind::Note => false,
        });
        if !acts {
            self.row(Kind::Note, Some(name));
            return self.note(event, &event.words(self.unit));
        }
        // The loop may have said so already, in the words of what came.
        if is_task || !self.came.contains(&name) {
            self.note(event, &format!("wakes {name}"));
        }
    }

    fn ready(&mut self, event: &Event, came: &'a [Came]) {
        let is_in_wait = |row: &Row<'_>| row.kind == Kind::Wait && row.pieces.len() == 1;
        if !self.rows.last().is_some_and(is_in_wait) {
            self.row(Kind::Ready, None);
        }
        let timer = |came: &'a Came| match came {
            Came::Timer(task) => Some(task.as_str()),
            _ => None,
        };
        self.came = came.iter().filter_map(timer).collect();
        self.note(event, &event.words(self.unit));
    }

    /// Makes the last row one of `task`: where it runs, `otherwise` if it doesn't.
    fn row_of(&mut self, task: Option<&'a str>, otherwise: Kind) {
        let runs = task.is_some_and(|task| self.running.contains(&task));
        let kind = if runs { Kind::Run } else { otherwise };
        let is_it = |row: &Row<'_>| row.kind == kind && row.who == task;
        if !self.rows.last().is_some_and(is_it) {
            self.row(kind, task);
        }
    }

    fn row(&mut self, kind: Kind, who: Option<&'a str>) {
        self.rows.push(Row { kind, who, caller: None, end: None, pieces: Vec::new() });
    }

    fn last(&mut self) -> &mut Row<'a> {
        self.rows.last_mut().expect("every event has a row by now")
    }

    fn note(&mut self, event: &Event, text: &str) {
        self.piece(event, bound(text), Tone::Note);
    }

    fn piece(&mut self, event: &Event, text: String, tone: Tone) {
        let t_ns = event.t_ns;
        self.last().pieces.push(Piece { text, tone, t_ns });
    }
}

/// Why a task left, without the word "suspended" where the picture shows it.
fn why(on: &On, unit: Unit) -> String {
    match on {
        On::Nothing => format!("suspended{}", on.words(unit)),
        on => on.words(unit).trim_start_matches([',', ' ']).to_owned(),
    }
}

/// `text` with its numbers bound to what they count: no line ends between the two.
fn bound(text: &str) -> String {
    let mut bound = String::with_capacity(text.len());
    for c in text.chars() {
        let is_bound = c == ' ' && bound.ends_with(|last: char| last.is_ascii_digit());
        bound.push(if is_bound { '\u{a0}' } else { c });
    }
    bound
}
