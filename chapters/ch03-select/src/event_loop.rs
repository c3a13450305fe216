//! The loop: wait for whatever comes first, a source or a deadline, then resume everyone
//! who is ready.
//!
//! Invariant: a task is in exactly one place. It sleeps in `timers`, or waits in
//! `readers`, or it is ready in this turn, or its result stands in `results`.

use std::collections::BTreeSet;
use std::os::fd::AsRawFd as _;
use std::time::Duration;

use trace::{Came, Clock, Observer};

use crate::select::select;
use crate::{CoroutineState, Error, Event, Source, Task, Timers};
use CoroutineState::{Complete, Yielded};

/// Runs tasks side by side, in one thread.
#[derive(Debug)]
pub struct EventLoop<R> {
    /// Tells what time it is, and waits.
    clock: Clock,
    /// Told of everything that happens.
    observer: Observer,
    /// The tasks that sleep, by the time at which they want to go on; each with its
    /// place among the results.
    timers: Timers<(usize, Task<R>)>,
    /// The tasks that want to read, in the order in which they asked. Several may wait
    /// for one source: each time it is readable, the first of them goes on.
    readers: Vec<Reader<R>>,
    /// A place for each task's result, in the order of spawning.
    results: Vec<Option<Result<R, Error>>>,
}

/// A task that waits for a source.
#[derive(Debug)]
struct Reader<R> {
    /// What it wants to read.
    source: Source,
    /// Its place among the results.
    id: usize,
    /// Itself.
    task: Task<R>,
}

/// A task that goes on in this turn, with its place among the results, and why.
type Ready<R> = (Came, usize, Task<R>);

impl<R> EventLoop<R> {
    /// A loop with nothing to run.
    #[must_use]
    pub fn new(clock: &Clock, observer: &Observer) -> Self {
        EventLoop {
            clock: clock.clone(),
            observer: observer.clone(),
            timers: Timers::new(),
            readers: Vec::new(),
            results: Vec::new(),
        }
    }

    /// Takes `task` on. It first runs when [`run`](Self::run) comes to it.
    pub fn spawn(&mut self, task: Task<R>) {
        self.observer.spawned(&task.name);
        self.timers.push(self.clock.now(), (self.results.len(), task));
        self.results.push(None);
    }

    /// Runs all tasks to their ends; results in the order of spawning. A task that fails
    /// leaves its error there and doesn't disturb the others.
    #[must_use]
    pub fn run(mut self) -> Vec<Result<R, Error>> {
        while !(self.timers.is_empty() && self.readers.is_empty()) {
            self.observer.turn();
            for (_, id, task) in self.wait() {
                self.step(id, task);
            }
        }
        let ended = |result: Option<_>| result.expect("nobody waits: all have ended");
        self.results.into_iter().map(ended).collect()
    }

    /// Waits until somebody is ready, and takes everyone who is: sources first, then
    /// timers. Who becomes ready while these run is of the next turn.
    fn wait(&mut self) -> Vec<Ready<R>> {
        let deadline = self.timers.first();
        let waits = self.tell_waiting(deadline);
        let mut ready = self.readable(deadline);
        let tells = waits || !ready.is_empty();
        ready.extend(self.due());
        if tells {
            self.observer.ready(ready.iter().map(|(came, ..)| came.clone()));
        }
        ready
    }

    /// Tells the observer what this turn waits for, unless somebody is due already.
    fn tell_waiting(&self, deadline: Option<Duration>) -> bool {
        let time = deadline.map(|deadline| deadline.saturating_sub(self.clock.now()));
        let waits = time.is_none_or(|time| !time.is_zero());
        if waits {
            let sources = self.readers.iter().map(|reader| reader.source.as_raw_fd());
            let descriptors = sources.collect::<BTreeSet<_>>().len();
            self.observer.waiting(time, self.timers.len(), descriptors);
        }
        waits
    }

    /// Lets time pass until `deadline`, or until something can be read. Takes the first
    /// reader of each source that can.
    fn readable(&mut self, deadline: Option<Duration>) -> Vec<Ready<R>> {
        let sources: Vec<_> = self.readers.iter().map(|it| it.source.clone()).collect();
        let can_read = loop {
            let timeout = self.clock.timeout(deadline);
            if let Some(answer) = select(&sources, timeout) {
                break answer;
            }
        };
        if let Some(deadline) = deadline.filter(|_| !can_read.contains(&true)) {
            self.clock.jump_to(deadline);
        }
        let (mut ready, mut served) = (Vec::new(), BTreeSet::new());
        for (reader, can_read) in
            std::mem::take(&mut self.readers).into_iter().zip(can_read)
        {
            match can_read && served.insert(reader.source.as_raw_fd()) {
                true => ready.push(reader.ready()),
                false => self.readers.push(reader),
            }
        }
        ready
    }

    /// Takes everyone whose time has come by now.
    fn due(&mut self) -> Vec<Ready<R>> {
        let (now, mut due) = (self.clock.now(), Vec::new());
        while self.timers.first().is_some_and(|deadline| deadline <= now) {
            let (_, (id, task)) = self.timers.pop().expect("there is a first");
            due.push((Came::Timer(task.name.clone()), id, task));
        }
        due
    }

    fn step(&mut self, id: usize, mut task: Task<R>) {
        match task.resume(&self.observer) {
            Ok(Yielded(Event::Sleep(event))) => self.timers.push(event.until, (id, task)),
            Ok(Yielded(Event::Read(event))) => {
                self.readers.push(Reader { source: event.source().clone(), id, task });
            }
            Ok(Complete(value)) => self.results[id] = Some(Ok(value)),
            Err(error) => self.results[id] = Some(Err(error)),
        }
    }
}

impl<R> Reader<R> {
    fn ready(self) -> Ready<R> {
        (Came::Readable(self.source.name().to_owned()), self.id, self.task)
    }
}
