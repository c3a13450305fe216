//! The trace as a table of text: the form in which snapshots are kept and pages show it.

use std::fmt::Write as _;

use crate::units::Unit;
use crate::{Came, Event, How, On, Trace, What};

/// Widths of the columns `time`, `turn` and `who`, and the unit of every time.
#[derive(Clone, Copy, Debug)]
struct Columns {
    time: usize,
    turn: usize,
    who: usize,
    unit: Unit,
    /// Without a loop there are no turns: the column is left out.
    has_turns: bool,
    /// Without a loop and without work no time passes: the column is left out.
    has_time: bool,
}

/// A line of the table, apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// When: `50 ms`; empty, if no time passes in the trace and there is no loop.
    pub time: String,
    /// Whose event it is: a task's name, or `loop`.
    pub who: String,
    /// What happened: `suspended until 50 ms`.
    pub what: String,
    /// When the timer is due, if the task is suspended on one.
    pub due: Option<String>,
}

impl Trace {
    /// The lines of [`Trace::to_text`] without its headings, each in its parts.
    #[must_use]
    pub fn told(&self) -> Vec<Told> {
        let Columns { unit, has_time, .. } = Columns::of(self);
        let told = |event: &Event| Told {
            time: if has_time { unit.show(event.t_ns) } else { String::new() },
            who: who(event).to_owned(),
            what: one_line(&event.words(unit)),
            due: match &event.what {
                What::Suspended { on: On::Timer { until_ns } } => {
                    Some(unit.show(*until_ns))
                }
                _ => None,
            },
        };
        self.events.iter().map(told).collect()
    }

    /// One line per event under a line of headings; every line ends in a newline. A
    /// column that would hold nothing but zeros (no loop, no time) is left out.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.in_columns(Columns::of(self))
    }

    fn in_columns(&self, columns: Columns) -> String {
        let mut text = columns.line("time", "turn", "who", "what");
        for event in &self.events {
            text += &columns.event(event);
        }
        text
    }

    /// As [`Trace::to_text`], in columns that suit `other` too: two traces laid out
    /// alike differ only where they differ.
    #[must_use]
    pub fn to_text_beside(&self, other: &Trace) -> String {
        let events = self.events.iter().chain(&other.events).cloned().collect();
        let both = Trace { header: self.header.clone(), events };
        self.in_columns(Columns::of(&both))
    }

    /// What the program printed, one line each, without times and names.
    #[must_use]
    pub fn to_output(&self) -> String {
        let mut output = String::new();
        for event in &self.events {
            if let What::Printed { text } = &event.what {
                let _ = writeln!(output, "{text}");
            }
        }
        output
    }
}

impl Event {
    /// The event as a line of text in columns of fixed width, times in milliseconds:
    /// for a trace that is still being written.
    #[must_use]
    pub fn to_line(&self) -> String {
        Columns {
            time: 12,
            turn: 4,
            who: 12,
            unit: Unit::MS,
            has_turns: true,
            has_time: true,
        }
        .event(self)
    }

    /// What happened, in words, without time and task: `suspended until 50 ms`.
    pub(crate) fn words(&self, unit: Unit) -> String {
        match &self.what {
            What::Spawned => "spawned".to_owned(),
            What::Resumed { with: None } => "resumed".to_owned(),
            What::Resumed { with: Some(with) } => format!("resumed with {with}"),
            What::Printed { text } => format!("prints: {text}"),
            What::Suspended { on } => format!("suspended{}", on.words(unit)),
            What::Woken { by } => format!("woken by {by}"),
            What::Finished { how } => how.words(),
            What::Waiting { timeout_ns, timers, descriptors } => {
                waits(*timeout_ns, *timers, *descriptors, unit)
            }
            What::Ready { came } if came.is_empty() => "woke: nothing came".to_owned(),
            What::Ready { came } => {
                format!(
                    "woke: {}",
                    came.iter().map(Came::words).collect::<Vec<_>>().join(", ")
                )
            }
        }
    }
}

impl Columns {
    fn of(trace: &Trace) -> Self {
        let unit = Unit::of(trace);
        let widest = |heading: usize, width: &dyn Fn(&Event) -> usize| {
            trace.events.iter().map(width).max().unwrap_or(0).max(heading)
        };
        Columns {
            time: widest(5, &|event| unit.show(event.t_ns).len()),
            turn: widest(4, &|event| event.turn.to_string().len()),
            who: widest(4, &|event| who(event).chars().count()),
            unit,
            has_turns: trace.events.iter().any(|event| event.turn > 0),
            has_time: trace.events.iter().any(|event| event.turn + event.t_ns > 0),
        }
    }

    fn event(self, event: &Event) -> String {
        let (time, turn) = (self.unit.show(event.t_ns), event.turn.to_string());
        let (name, what) = (one_line(who(event)), one_line(&event.words(self.unit)));
        self.line(&time, &turn, &name, &what)
    }

    fn line(self, time: &str, turn: &str, name: &str, what: &str) -> String {
        let Columns { time: a, turn: b, who: c, .. } = self;
        let time = if self.has_time { format!("{time:>a$}  ") } else { String::new() };
        let turn = if self.has_turns { format!("{turn:>b$}  ") } else { String::new() };
        format!("{time}{turn}{name:c$}  {what}\n")
    }
}

fn who(event: &Event) -> &str {
    event.task.as_deref().unwrap_or("loop")
}

/// Text with its line ends and other control characters written out: `\r\n`.
fn one_line(text: &str) -> String {
    let shown = |c: char| match c.is_control() {
        true => c.escape_default().to_string(),
        false => c.to_string(),
    };
    text.chars().map(shown).collect()
}

fn waits(timeout: Option<u64>, timers: usize, descriptors: usize, unit: Unit) -> String {
    let time = timeout.map(|ns| format!(" {}", unit.show(ns))).unwrap_or_default();
    let on = [(timers, "timer"), (descriptors, "descriptor")];
    let on = on.iter().filter(|(n, _)| *n > 0).map(|(n, what)| count(*n, what));
    let on: Vec<_> = on.collect();
    let on = if on.is_empty() { "other threads".to_owned() } else { on.join(", ") };
    format!("waits{time} ({on})")
}

/// `1 timer`, `2 timers`.
fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

impl On {
    /// What follows the word "suspended".
    pub(crate) fn words(&self, unit: Unit) -> String {
        match self {
            On::Timer { until_ns } => format!(" until {}", unit.show(*until_ns)),
            On::Turn => ", gives way".to_owned(),
            On::Value(value) => format!(", yields {value}"),
            On::Readable(source) => format!(" until {source} is readable"),
            On::Writable(source) => format!(" until {source} is writable"),
            On::Task(name) => format!(" until {name} ends"),
            On::Future(name) => format!(" on {name}"),
            On::Nothing => ", and nobody will wake it".to_owned(),
        }
    }
}

impl How {
    fn words(&self) -> String {
        match self {
            How::Returned(None) => "finished".to_owned(),
            How::Returned(Some(value)) => format!("finished: returned {value}"),
            How::Failed(error) => format!("finished: failed, {error}"),
            How::Panicked(message) => format!("finished: panicked, {message}"),
            How::Cancelled => "finished: cancelled".to_owned(),
            How::Closed => "finished: closed".to_owned(),
        }
    }
}

impl Came {
    pub(crate) fn words(&self) -> String {
        match self {
            Came::Timer(task) => format!("timer of {task}"),
            Came::Readable(source) => format!("{source} is readable"),
            Came::Writable(source) => format!("{source} is writable"),
            Came::Message(from) => format!("message from {from}"),
        }
    }
}
