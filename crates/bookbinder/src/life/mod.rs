//! The life of a task as one picture, the same in every chapter: five states and the ways
//! between them, each with the number of times that a recording took it.
//!
//! Invariant: every state and every way is in its place in each picture. A way that the
//! recording never took is drawn too, and says so by its line: what a chapter adds shows.

mod draw;

use std::collections::BTreeMap;

use trace::{On, Trace, What};

use crate::html::{code, embedded, escaped, figure};
use crate::render::Rendered;

/// Where a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    Created,
    Running,
    Suspended,
    Ready,
    Ended,
}

/// What a recording's tasks went through.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Life {
    /// How often each way was taken.
    ways: BTreeMap<(State, State), usize>,
    /// How often each kind of wait was the reason to leave.
    waits: BTreeMap<&'static str, usize>,
}

impl Life {
    /// Follows each task through its recording.
    pub(crate) fn of(trace: &Trace) -> Self {
        let (mut life, mut states) = (Life::default(), BTreeMap::new());
        for event in &trace.events {
            let (Some(task), Some(to)) = (&event.task, state(&event.what)) else {
                continue;
            };
            let from = states.insert(task.clone(), to).unwrap_or(State::Created);
            // Who ends without running again is dropped where it stood, woken or not.
            let is_dropped = to == State::Ended && from != State::Running;
            let from = if is_dropped { State::Suspended } else { from };
            if from != to {
                *life.ways.entry((from, to)).or_default() += 1;
            }
            if let What::Suspended { on } = &event.what {
                *life.waits.entry(wait(on)).or_default() += 1;
            }
        }
        life
    }

    /// How often this way was taken.
    fn times(&self, from: State, to: State) -> usize {
        self.ways.get(&(from, to)).copied().unwrap_or(0)
    }

    /// All of it in words: for those who don't see the picture, and for snapshots.
    fn told(&self) -> String {
        let ways = self.ways.iter();
        let ways = ways
            .map(|((from, to), n)| format!("from {} to {}: {n}", from.word(), to.word()));
        let waits = self.waits.iter().map(|(on, n)| format!("waits {on}: {n}"));
        ways.chain(waits).collect::<Vec<_>>().join("; ")
    }
}

impl State {
    fn word(self) -> &'static str {
        match self {
            State::Created => "created",
            State::Running => "running",
            State::Suspended => "suspended",
            State::Ready => "ready",
            State::Ended => "ended",
        }
    }
}

/// Where an event takes its task.
fn state(what: &What) -> Option<State> {
    match what {
        What::Spawned => Some(State::Created),
        What::Resumed { .. } => Some(State::Running),
        What::Suspended { .. } => Some(State::Suspended),
        What::Woken { .. } => Some(State::Ready),
        What::Finished { .. } => Some(State::Ended),
        _ => None,
    }
}

fn wait(on: &On) -> &'static str {
    match on {
        On::Timer { .. } => "for a time",
        On::Turn => "for its next turn",
        On::Value(_) => "for its caller",
        On::Readable(_) | On::Writable(_) => "for a descriptor",
        On::Task(_) => "for a task",
        On::Future(_) => "for a future",
        On::Nothing => "for nothing",
    }
}

/// The figure of `scenario` in `chapter`.
pub(crate) fn figure_of(chapter: &str, scenario: &str, trace: &Trace) -> Rendered {
    let life = Life::of(trace);
    let title = format!("The life of a task: {scenario} in {chapter}");
    let svg = draw::svg(&life, &escaped(&title));
    let caption = format!("The life of a task: {} in {}", code(scenario), code(chapter));
    Rendered {
        markdown: figure("life", &caption, &embedded(&svg)),
        text: format!("{}\n", life.told()),
        svg: Some(svg),
    }
}

#[cfg(test)]
mod tests;
