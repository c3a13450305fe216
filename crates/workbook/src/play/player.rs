//! A recording, and the event at which it is being looked at.
//!
//! Invariant: the state is that after the first `at` events, and is made of them alone.
//! Going on adds events to it; going back begins again from the first.

use bookbinder::{Place, Workspace};
use trace::{Event, State, Told, Trace};

use super::keys::Move;

/// A row of the queues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// Who runs, the innermost last.
    Running,
    /// Who may run, in order, and by whom.
    Ready,
    /// The timers, the nearest first.
    Timers,
    /// The descriptors that are watched.
    Watched,
    /// What the loop waits for.
    Waits,
}

/// A recording that is open at one event.
pub(crate) struct Player<'a> {
    /// Where the sources are.
    workspace: &'a Workspace,
    /// What is looked at.
    pub(crate) trace: &'a Trace,
    /// Its events in words.
    pub(crate) told: Vec<Told>,
    /// Its table: headings, and a line for each event.
    pub(crate) table: Vec<String>,
    /// Its tasks, in the order in which they first appear.
    pub(crate) tasks: Vec<String>,
    /// Which rows of the queues ever hold something: the others aren't shown.
    pub(crate) rows: Vec<Row>,
    /// How many events have happened: from 1, or 0 if there are none.
    pub(crate) at: usize,
    /// What was so then.
    pub(crate) state: State,
    /// The code that acted, if the workspace has it.
    pub(crate) place: Option<Place>,
    /// Whether it goes on by itself.
    pub(crate) is_playing: bool,
}

impl<'a> Player<'a> {
    /// `trace` at its first event.
    pub(crate) fn new(workspace: &'a Workspace, trace: &'a Trace) -> Self {
        let told = trace.told();
        let mut player = Player {
            workspace,
            trace,
            rows: occurring(&trace.events, &told),
            told,
            table: trace.to_text().lines().map(str::to_owned).collect(),
            tasks: trace.tasks().into_iter().map(str::to_owned).collect(),
            at: 0,
            state: State::default(),
            place: None,
            is_playing: false,
        };
        player.show(1);
        player
    }

    /// The event that has just happened.
    pub(crate) fn event(&self) -> Option<&Event> {
        self.at.checked_sub(1).map(|index| &self.trace.events[index])
    }

    /// Who runs when no task does and nothing is waited for.
    pub(crate) fn nobody_else(&self) -> &'static str {
        let has_loop = self.trace.events.iter().any(|event| event.turn > 0);
        if has_loop { "the loop" } else { "the program" }
    }

    /// Whether nothing comes after.
    pub(crate) fn is_at_end(&self) -> bool {
        self.at == self.trace.events.len()
    }

    /// Starts to go on by itself, at the end from the start; or stops.
    pub(crate) fn play_or_pause(&mut self) {
        self.is_playing = !self.is_playing;
        if self.is_playing && self.is_at_end() {
            self.show(1);
        }
    }

    /// Goes to another event. Where there is none of that kind, it stays.
    pub(crate) fn go(&mut self, to: Move) {
        let to = match to {
            Move::Next => self.at + 1,
            Move::Back => self.at.saturating_sub(1),
            Move::Start => 1,
            Move::End => self.trace.events.len(),
            Move::NextOfTask => self.after(|one, now| one.task == now.task),
            Move::BackOfTask => self.before(|one, now| one.task == now.task),
            Move::NextTurn => self.after(|one, now| one.turn > now.turn),
            Move::BackTurn => self.turn_before(),
        };
        self.show(to);
        self.is_playing &= !self.is_at_end();
    }

    /// The number of the next event that `fits`, or of this one.
    fn after(&self, fits: impl Fn(&Event, &Event) -> bool) -> usize {
        let Some(now) = self.event() else { return self.at };
        let next = self.trace.events[self.at..].iter().position(|one| fits(one, now));
        next.map_or(self.at, |further| self.at + further + 1)
    }

    /// The number of the last event before this that `fits`, or of this one.
    fn before(&self, fits: impl Fn(&Event, &Event) -> bool) -> usize {
        let Some(now) = self.event() else { return self.at };
        let past = &self.trace.events[..self.at - 1];
        past.iter().rposition(|one| fits(one, now)).map_or(self.at, |index| index + 1)
    }

    /// The number of the first event of the turn before this one's.
    fn turn_before(&self) -> usize {
        let last = self.before(|one, now| one.turn < now.turn);
        let turn = self.trace.events.get(last.wrapping_sub(1)).map(|one| one.turn);
        let first = self.trace.events.iter().position(|one| Some(one.turn) == turn);
        first.map_or(self.at, |index| index + 1)
    }

    /// Shows the state after `to` events, or after as many as come nearest.
    fn show(&mut self, to: usize) {
        let events = &self.trace.events;
        let to = to.clamp(1.min(events.len()), events.len());
        if to < self.at {
            self.state = State::after(&events[..to], &self.told);
        } else {
            let new = events[self.at..to].iter().zip(&self.told[self.at..to]);
            new.for_each(|(event, told)| self.state.step(event, told));
        }
        self.at = to;
        self.place = self.event().and_then(|it| Place::of(self.workspace, &it.at));
    }
}

/// The rows that hold something after one of `events`; who runs is always of interest.
fn occurring(events: &[Event], told: &[Told]) -> Vec<Row> {
    let rows = [Row::Running, Row::Ready, Row::Timers, Row::Watched, Row::Waits];
    let mut occurs = [true, false, false, false, false];
    let mut state = State::default();
    for (event, told) in events.iter().zip(told) {
        state.step(event, told);
        occurs[1] |= !state.ready.is_empty();
        occurs[2] |= !state.timers.is_empty();
        occurs[3] |= !state.descriptors.is_empty();
        occurs[4] |= state.waits.is_some();
    }
    rows.into_iter()
        .zip(occurs)
        .filter(|(_, occurs)| *occurs)
        .map(|(row, _)| row)
        .collect()
}
