//! What each task was doing, and when: the spans of its life, and what woke it.
//!
//! Invariant: a task is in at most one span at a time, and a span begins and ends at an
//! event. The picture and the Perfetto file draw these same spans.
//!
//! It knows nothing of rows, lanes or pixels.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Came, Event, On, What};

/// One span of a task's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span<'a> {
    /// Whose.
    pub(crate) task: &'a str,
    /// What it was doing.
    pub(crate) state: State,
    /// Index of the event that began it.
    pub(crate) from: usize,
    /// Index of the event that ended it; `None`: the trace ended first.
    pub(crate) to: Option<usize>,
    /// What made it ready to run again, and so turned a sleep into a queue.
    pub(crate) woken: Option<Wake<'a>>,
}

/// What a task does in a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It was spawned and has not run yet.
    Queued,
    /// It runs, or one that it resumed does.
    Running,
    /// It left, and can come back.
    Suspended,
}

/// The moment from which a suspended task was ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wake<'a> {
    /// Index of the event that says so.
    pub(crate) at: usize,
    /// Thanks to whom.
    pub(crate) by: Waker<'a>,
}

/// Who can make a task ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waker<'a> {
    /// Another task: it called a waker, or its end was awaited.
    Task(&'a str),
    /// The loop: its wait ended with what the task waits for.
    Loop,
    /// Its timer was due, though the loop had not noticed yet.
    Clock,
    /// Nobody: it left ready, to let others run.
    Itself,
}

/// The spans of all tasks, in the order in which they began.
pub(crate) fn spans(events: &[Event]) -> Vec<Span<'_>> {
    let mut lives = Lives {
        events,
        tasks: events.iter().filter_map(|event| event.task.as_deref()).collect(),
        open: BTreeMap::new(),
        running: Vec::new(),
        closed: Vec::new(),
    };
    for at in 0..events.len() {
        lives.event(at);
    }
    let mut spans = lives.closed;
    spans.extend(lives.open.into_values());
    spans.sort_by_key(|span| span.from);
    spans
}

/// The fold over the events.
struct Lives<'a> {
    /// What is folded.
    events: &'a [Event],
    /// Everybody, also those whom nobody resumed.
    tasks: BTreeSet<&'a str>,
    /// The span that each task is in.
    open: BTreeMap<&'a str, Span<'a>>,
    /// Who runs, innermost last.
    running: Vec<&'a str>,
    /// The spans that have ended.
    closed: Vec<Span<'a>>,
}

impl<'a> Lives<'a> {
    fn event(&mut self, at: usize) {
        let event = &self.events[at];
        if let Some(task) = event.task.as_deref() {
            self.of_task(at, task, &event.what);
        }
        if let What::Ready { came } = &event.what {
            for came in came {
                self.came(at, came);
            }
        }
        // Last, so that a timer which the loop names is the loop's doing.
        let now = event.t_ns;
        self.wake_all(
            at,
            Waker::Clock,
            |on| matches!(on, On::Timer { until_ns } if *until_ns <= now),
        );
    }

    fn of_task(&mut self, at: usize, task: &'a str, what: &'a What) {
        match what {
            What::Spawned => self.turn_to(at, task, State::Queued),
            What::Resumed { .. } => {
                self.turn_to(at, task, State::Running);
                self.running.push(task);
            }
            What::Suspended { on } => self.suspended(at, task, on),
            What::Finished { .. } => self.finished(at, task),
            What::Woken { by } => self.wake(at, task, self.waker(by)),
            What::Printed { .. } | What::Waiting { .. } | What::Ready { .. } => {}
        }
    }

    fn suspended(&mut self, at: usize, task: &'a str, on: &On) {
        self.running.retain(|running| *running != task);
        // Woken while it still ran: it will not sleep.
        let early = self.open.get(task).is_some_and(|span| span.woken.is_some());
        self.turn_to(at, task, State::Suspended);
        if early || *on == On::Turn {
            self.wake(at, task, Waker::Itself);
        }
    }

    fn finished(&mut self, at: usize, task: &'a str) {
        self.running.retain(|running| *running != task);
        self.close(at, task);
        let waker = Waker::Task(task);
        self.wake_all(at, waker, |on| matches!(on, On::Task(awaited) if awaited == task));
    }

    /// Wakes those who wait for what came.
    fn came(&mut self, at: usize, came: &'a Came) {
        match came {
            Came::Timer(task) => self.wake(at, task, Waker::Loop),
            Came::Readable(source) => {
                let awaited = |on: &On| matches!(on, On::Readable(it) if it == source);
                self.wake_served(at, awaited);
            }
            Came::Writable(source) => {
                let awaited = |on: &On| matches!(on, On::Writable(it) if it == source);
                self.wake_served(at, awaited);
            }
            Came::Message(_) => {}
        }
    }

    /// Who is behind a `woken`: the task that runs, or the one it names, or the loop.
    fn waker(&self, by: &'a str) -> Waker<'a> {
        match self.running.last() {
            Some(running) => Waker::Task(running),
            None if self.tasks.contains(by) => Waker::Task(by),
            None => Waker::Loop,
        }
    }

    /// Wakes those who wait for a source that is ready, if the loop goes on to serve
    /// them: several may wait for one, and it picks.
    fn wake_served(&mut self, at: usize, awaited: impl Fn(&On) -> bool) {
        let is_wait =
            |what: &What| matches!(what, What::Waiting { .. } | What::Ready { .. });
        let rest = self.events[at + 1..].iter().take_while(|event| !is_wait(&event.what));
        let is_resumed = |event: &&Event| matches!(event.what, What::Resumed { .. });
        let served = rest.filter(is_resumed).filter_map(|event| event.task.as_deref());
        for task in served.collect::<BTreeSet<_>>() {
            let from = self.open.get(task).map(|span| &self.events[span.from].what);
            if matches!(from, Some(What::Suspended { on }) if awaited(on)) {
                self.wake(at, task, Waker::Loop);
            }
        }
    }

    fn wake_all(&mut self, at: usize, by: Waker<'a>, awaited: impl Fn(&On) -> bool) {
        for span in self.open.values_mut().filter(|span| span.woken.is_none()) {
            let what = &self.events[span.from].what;
            if matches!(what, What::Suspended { on } if awaited(on)) {
                span.woken = Some(Wake { at, by });
            }
        }
    }

    /// The first wake counts: a task that is ready can't become more so. Only a loop
    /// that says so at the instant in which a timer is due takes it from the clock.
    fn wake(&mut self, at: usize, task: &str, by: Waker<'a>) {
        let (events, now) = (self.events, self.events[at].t_ns);
        if let Some(span) = self.open.get_mut(task) {
            let is_first = span.woken.is_none_or(|wake| {
                wake.by == Waker::Clock && events[wake.at].t_ns == now
            });
            if is_first {
                span.woken = Some(Wake { at, by });
            }
        }
    }

    fn turn_to(&mut self, at: usize, task: &'a str, state: State) {
        self.close(at, task);
        let span = Span { task, state, from: at, to: None, woken: None };
        self.open.insert(task, span);
    }

    fn close(&mut self, at: usize, task: &str) {
        let ended = self.open.remove(task);
        self.closed.extend(ended.map(|span| Span { to: Some(at), ..span }));
    }
}
