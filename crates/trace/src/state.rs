//! What a program was doing at one instant: a fold of a recording's first events.
//!
//! Invariant: the state after n events is made of those n and of nothing else, so a step
//! back is as exact as a step forward. The book's player has the same fold in JavaScript,
//! and a test compares the two.

use crate::{Came, Event, On, Told, What};

/// Who was where, after some events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Nanoseconds since the program's clock started.
    pub now_ns: u64,
    /// Tasks that run, each resumed by the one before: the last is the one that acts.
    pub running: Vec<String>,
    /// Who may run, in order.
    pub ready: Vec<Wake>,
    /// Who waits for a moment, the nearest first, ties in order of arrival.
    pub timers: Vec<Timer>,
    /// Who waits for a descriptor, in order of arrival.
    pub descriptors: Vec<Watched>,
    /// Who is suspended on anything else: `until child ends`.
    pub others: Vec<Done>,
    /// Who has ended, and how: `finished: returned 3`.
    pub ended: Vec<Done>,
    /// What the loop waits for, if it waits: `50 ms (2 timers)`.
    pub waits: Option<String>,
    /// Who was woken while it still ran: it is ready as soon as it leaves.
    early: Vec<Wake>,
}

/// A task that may run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wake {
    /// Which.
    pub task: String,
    /// Who said so; none, if a program outside every task did.
    pub by: Option<String>,
}

/// A task that waits for a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    /// Which.
    pub task: String,
    /// Nanoseconds since the clock started.
    pub until_ns: u64,
    /// The same in words.
    pub due: String,
}

/// A task that waits for a descriptor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Which.
    pub task: String,
    /// The descriptor's name.
    pub source: String,
    /// Whether it waits for room for output; else for input.
    pub is_output: bool,
    /// Whether the loop knows that it has come.
    pub has_come: bool,
}

/// A task, and what it did last, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Which.
    pub task: String,
    /// What it did.
    pub what: String,
}

impl State {
    /// The state after `events`, of which `told` has the words.
    #[must_use]
    pub fn after(events: &[Event], told: &[Told]) -> Self {
        let mut state = State::default();
        for (event, told) in events.iter().zip(told) {
            state.step(event, told);
        }
        state
    }

    /// One event further.
    pub fn step(&mut self, event: &Event, told: &Told) {
        self.now_ns = event.t_ns;
        self.waits = None; // a wait ends with the next event
        match (&event.task, &event.what) {
            (_, What::Waiting { .. }) => {
                self.waits = Some(without(&told.what, "waits ").to_owned());
            }
            (_, What::Ready { came }) => came.iter().for_each(|one| self.came(one)),
            (Some(task), what) => self.act(task, what, told),
            (None, _) => {}
        }
    }

    /// What a task did, or what was done to it.
    fn act(&mut self, task: &str, what: &What, told: &Told) {
        match what {
            What::Spawned => self.wake(task, self.running.last().cloned()),
            What::Resumed { .. } => {
                self.leave(task);
                self.running.push(task.to_owned());
            }
            What::Suspended { on } => self.left(task, on, told),
            What::Woken { by } => self.wake(task, Some(by.clone())),
            What::Finished { .. } => {
                self.leave(task);
                self.ended.push(Done::new(task, &told.what));
            }
            What::Printed { .. } | What::Waiting { .. } | What::Ready { .. } => {}
        }
    }

    /// Takes `task` out of wherever it is.
    fn leave(&mut self, task: &str) {
        self.running.retain(|one| one != task);
        self.ready.retain(|one| one.task != task);
        self.timers.retain(|one| one.task != task);
        self.descriptors.retain(|one| one.task != task);
        self.others.retain(|one| one.task != task);
        self.ended.retain(|one| one.task != task);
    }

    /// Makes `task` ready; who is ready already keeps the place and the reason.
    fn wake(&mut self, task: &str, by: Option<String>) {
        let wake = Wake { task: task.to_owned(), by };
        if self.running.iter().any(|one| one == task) {
            self.early.push(wake);
        } else if self.ready.iter().all(|one| one.task != task) {
            self.leave(task);
            self.ready.push(wake);
        }
    }

    /// `task` has suspended itself, and waits: unless it was woken while it still ran.
    fn left(&mut self, task: &str, on: &On, told: &Told) {
        self.leave(task);
        match self.early.iter().position(|one| one.task == task) {
            Some(early) => {
                let wake = self.early.remove(early);
                self.ready.push(wake);
            }
            None => self.suspend(task, on, told),
        }
    }

    fn suspend(&mut self, task: &str, on: &On, told: &Told) {
        let owned = task.to_owned();
        match on {
            On::Timer { until_ns } => self.set(Timer {
                task: owned,
                until_ns: *until_ns,
                due: told.due.clone().unwrap_or_default(),
            }),
            On::Turn => {
                self.ready.push(Wake { task: owned, by: Some("itself".to_owned()) });
            }
            On::Readable(source) => self.watch(task, source, false),
            On::Writable(source) => self.watch(task, source, true),
            On::Value(_) | On::Task(_) | On::Future(_) | On::Nothing => {
                let what = without(without(&told.what, "suspended"), ",");
                self.others.push(Done::new(task, what.trim_start()));
            }
        }
    }

    /// Sets a timer behind those that are due no later.
    fn set(&mut self, timer: Timer) {
        let place = self.timers.partition_point(|one| one.until_ns <= timer.until_ns);
        self.timers.insert(place, timer);
    }

    fn watch(&mut self, task: &str, source: &str, is_output: bool) {
        let (task, source) = (task.to_owned(), source.to_owned());
        self.descriptors.push(Watched { task, source, is_output, has_come: false });
    }

    /// Something came for the loop: a timer makes its task ready, a source is marked.
    fn came(&mut self, came: &Came) {
        match came {
            Came::Timer(task) if self.timers.iter().any(|one| one.task == *task) => {
                self.wake(task, Some("its timer".to_owned()));
            }
            Came::Readable(source) => self.mark(source, false),
            Came::Writable(source) => self.mark(source, true),
            Came::Timer(_) | Came::Message(_) => {}
        }
    }

    fn mark(&mut self, source: &str, is_output: bool) {
        let of_it =
            |one: &&mut Watched| one.source == source && one.is_output == is_output;
        self.descriptors.iter_mut().filter(of_it).for_each(|one| one.has_come = true);
    }
}

impl Done {
    fn new(task: &str, what: &str) -> Self {
        Done { task: task.to_owned(), what: what.to_owned() }
    }
}

/// `text`, less `prefix` if it begins so.
fn without<'a>(text: &'a str, prefix: &str) -> &'a str {
    text.strip_prefix(prefix).unwrap_or(text)
}
