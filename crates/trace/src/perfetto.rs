//! The trace as a file that the Perfetto viewer (ui.perfetto.dev) and `chrome://tracing`
//! open: the Chrome trace event format.
//!
//! Invariant: the order of events is the order of their times, and no two share one.
//! Under a virtual clock running takes no time, and a hundred events can happen in one
//! instant. So each event comes a tick (a microsecond there, a nanosecond on the real
//! clock) after the one before, or at its own time, whichever is later: a bar in the
//! viewer shows order, and only a wait shows time. `otherData` says so in the file, and
//! every slice has the exact time in its arguments.
//!
//! The loop and every task have a track. A task's slices are `runs` and `suspended ...`,
//! and in the latter `ready` from the moment it was woken; arrows lead from who woke it
//! to where it runs. A counter shows what the loop waits for.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::svg::lives::{Span, State, Waker, spans};
use crate::units::Unit;
use crate::{Event, Trace, What};

/// The only process.
const PID: u64 = 1;
/// The loop's track; tasks have those after it, in the order of [`Trace::tasks`].
const LOOP: usize = 1;

/// In which order the entries of one instant stand in the file: an arrow leaves a slice
/// before that ends, slices end before others begin, and an arrow arrives in one that
/// has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// An arrow leaves a task, whose slice may end with this event.
    LeavesTask,
    /// A `ready` within a slice ends.
    EndInner,
    /// A slice ends.
    EndOuter,
    /// A slice begins.
    BeginOuter,
    /// A `ready` within it begins.
    BeginInner,
    /// A mark without length, or a count.
    Instant,
    /// An arrow leaves the loop, whose slice begins with this event.
    LeavesLoop,
    /// An arrow arrives where a task begins to run.
    Arrives,
}

impl Trace {
    /// The Chrome trace event format: one JSON object, an entry per line.
    #[must_use]
    pub fn to_perfetto(&self) -> String {
        let tasks = self.tasks().into_iter().zip(LOOP + 1..).collect();
        let mut file = File {
            trace: self,
            unit: Unit::of(self),
            times: times(self),
            tracks: tasks,
            entries: Vec::new(),
        };
        let spans = spans(&self.events);
        for span in &spans {
            file.span(span);
        }
        file.arrows(&spans);
        file.waits();
        file.instants();
        file.text()
    }
}

/// When each event is shown, in nanoseconds, and the end of what never ended.
fn times(trace: &Trace) -> Vec<u64> {
    let tick = if trace.header.virtual_time { 1_000 } else { 1 };
    let mut next = 0;
    let mut stamp = |t: u64| {
        let shown = t.max(next);
        next = shown.saturating_add(tick);
        shown
    };
    let mut times: Vec<u64> =
        trace.events.iter().map(|event| stamp(event.t_ns)).collect();
    times.push(stamp(0));
    times
}

/// The file that is being made.
struct File<'a> {
    /// What is shown.
    trace: &'a Trace,
    /// The unit of the times in its words.
    unit: Unit,
    /// When each event is shown, in nanoseconds, and the end.
    times: Vec<u64>,
    /// The track of each task.
    tracks: BTreeMap<&'a str, usize>,
    /// The entries, by the event they belong to and their rank in it.
    entries: Vec<(usize, Rank, Value)>,
}

impl<'a> File<'a> {
    /// An entry of phase `ph` on a track, at an event.
    fn entry(&mut self, at: usize, rank: Rank, ph: &str, track: usize, rest: Value) {
        let mut entry =
            json!({"ph": ph, "pid": PID, "tid": track, "ts": self.micros(at)});
        if let (Value::Object(entry), Value::Object(rest)) = (&mut entry, rest) {
            entry.extend(rest);
        }
        self.entries.push((at, rank, entry));
    }

    /// The format counts in microseconds; decimals are allowed.
    fn micros(&self, at: usize) -> Value {
        let ns = self.times[at];
        if ns.is_multiple_of(1_000) {
            return json!(ns / 1_000);
        }
        let micros = format!("{}.{:03}", ns / 1_000, ns % 1_000);
        json!(micros.parse::<f64>().expect("digits, a point, digits"))
    }

    fn event(&self, at: usize) -> &'a Event {
        &self.trace.events[at]
    }

    /// What every slice and instant says about the event behind it.
    fn args(&self, at: usize) -> Value {
        let event = self.event(at);
        json!({
            "turn": event.turn,
            "at": event.at.to_string(),
            "time": self.unit.show(event.t_ns),
        })
    }

    /// A span of a task's life as a slice, and its last part as one within.
    fn span(&mut self, span: &Span<'_>) {
        let track = self.tracks[span.task];
        let name = match (span.state, &self.event(span.from).what) {
            (State::Running, What::Resumed { with: Some(with) }) => {
                format!("runs with {with}")
            }
            (State::Running, _) => "runs".to_owned(),
            (State::Queued, _) => "ready".to_owned(),
            (State::Suspended, _) => self.event(span.from).words(self.unit),
        };
        let end = span.to.unwrap_or(self.trace.events.len());
        let args = self.args(span.from);
        let begin = json!({"name": name, "cat": category(span.state), "args": args});
        self.entry(span.from, Rank::BeginOuter, "B", track, begin);
        self.entry(end, Rank::EndOuter, "E", track, json!({}));
        if let (State::Suspended, Some(wake)) = (span.state, span.woken) {
            let begin =
                json!({"name": "ready", "cat": "ready", "args": self.args(wake.at)});
            self.entry(wake.at, Rank::BeginInner, "B", track, begin);
            self.entry(end, Rank::EndInner, "E", track, json!({}));
        }
    }

    /// An arrow from each waker to where the woken task runs.
    fn arrows(&mut self, spans: &[Span<'_>]) {
        let suspended = spans.iter().filter(|span| span.state == State::Suspended);
        for (id, span) in suspended.enumerate() {
            let (Some(wake), Some(to)) = (span.woken, span.to) else {
                continue;
            };
            let resumes = matches!(self.event(to).what, What::Resumed { .. });
            let from = match wake.by {
                Waker::Task(task) => self.tracks.get(task).copied(),
                Waker::Loop => Some(LOOP),
                Waker::Clock | Waker::Itself => None,
            };
            if let (Some(from), true) = (from, resumes) {
                let rank = if from == LOOP { Rank::LeavesLoop } else { Rank::LeavesTask };
                let arrow = json!({"name": "wakes", "cat": "wake", "id": id});
                self.entry(wake.at, rank, "s", from, arrow);
                let arrow = json!({"name": "wakes", "cat": "wake", "id": id, "bp": "e"});
                self.entry(to, Rank::Arrives, "f", self.tracks[span.task], arrow);
            }
        }
    }

    /// The loop's waits, what ended them, and a counter of what it waits for.
    fn waits(&mut self) {
        let mut is_waiting = false;
        for at in 0..self.trace.events.len() {
            match self.event(at).what {
                What::Waiting { timers, descriptors, .. } => {
                    self.wait_ends(at, std::mem::replace(&mut is_waiting, true));
                    self.of_loop(at);
                    self.counter(at, timers, descriptors);
                }
                What::Ready { .. } => {
                    self.wait_ends(at, std::mem::take(&mut is_waiting));
                    self.of_loop(at);
                    self.entry(at + 1, Rank::EndOuter, "E", LOOP, json!({}));
                    self.counter(at, 0, 0);
                }
                _ => {}
            }
        }
        self.wait_ends(self.trace.events.len(), is_waiting);
    }

    fn of_loop(&mut self, at: usize) {
        let name = self.event(at).words(self.unit);
        let begin = json!({"name": name, "cat": "loop", "args": self.args(at)});
        self.entry(at, Rank::BeginOuter, "B", LOOP, begin);
    }

    fn wait_ends(&mut self, at: usize, is_waiting: bool) {
        if is_waiting {
            self.entry(at, Rank::EndOuter, "E", LOOP, json!({}));
        }
    }

    fn counter(&mut self, at: usize, timers: usize, descriptors: usize) {
        let args = json!({"timers": timers, "descriptors": descriptors});
        let count = json!({"name": "the loop waits for", "args": args});
        self.entry(at, Rank::Instant, "C", LOOP, count);
    }

    /// What takes no time: lines that were printed, spawns, wakes, ends.
    fn instants(&mut self) {
        for at in 0..self.trace.events.len() {
            let Event { task, what, .. } = self.event(at);
            let (Some(task), name) = (task, what.name()) else {
                continue;
            };
            if let What::Spawned
            | What::Printed { .. }
            | What::Woken { .. }
            | What::Finished { .. } = what
            {
                let words = self.event(at).words(self.unit);
                let args = self.args(at);
                let rest = json!({"name": words, "cat": name, "s": "t", "args": args});
                self.entry(at, Rank::Instant, "i", self.tracks[task.as_str()], rest);
            }
        }
    }

    /// What the viewer calls the process and its tracks, and in which order.
    fn names(&self) -> Vec<Value> {
        let header = &self.trace.header;
        let process = format!("{}: {}", header.program, header.scenario);
        let name = |name: &str, tid: usize, args: Value| json!({"ph": "M", "name": name, "pid": PID, "tid": tid, "args": args});
        let mut names = vec![name("process_name", LOOP, json!({"name": process}))];
        let has_loop = self.trace.events.iter().any(|event| event.task.is_none());
        let the_loop = has_loop.then_some(("loop", LOOP));
        let mut tracks: Vec<_> =
            self.tracks.iter().map(|(task, at)| (*task, *at)).collect();
        tracks.sort_by_key(|(_, track)| *track);
        for (task, track) in the_loop.into_iter().chain(tracks) {
            names.push(name("thread_name", track, json!({"name": task})));
            let order = json!({"sort_index": track});
            names.push(name("thread_sort_index", track, order));
        }
        names
    }

    fn text(mut self) -> String {
        self.entries.sort_by_key(|(at, rank, _)| (*at, *rank));
        let names = self.names().into_iter();
        let entries = self.entries.into_iter().map(|(_, _, entry)| entry);
        let lines: Vec<String> = names.chain(entries).map(|it| it.to_string()).collect();
        let other = json!({
            "schema": Trace::SCHEMA,
            "clock": if self.trace.header.virtual_time { "virtual" } else { "real" },
            "ticks": "events of one instant are drawn one tick apart, in their order; \
                      `time` in the arguments is exact",
        });
        let lines = lines.join(",\n");
        format!(
            "{{\"displayTimeUnit\":\"ms\",\"otherData\":{other},\"traceEvents\":[\n\
             {lines}\n]}}\n"
        )
    }
}

/// What the viewer colours and filters by.
fn category(state: State) -> &'static str {
    match state {
        State::Queued => "ready",
        State::Running => "running",
        State::Suspended => "suspended",
    }
}
