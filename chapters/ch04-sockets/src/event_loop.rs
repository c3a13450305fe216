//! The loop: wait for whatever comes first, a descriptor or a deadline, then resume
//! everyone who is ready.
//!
//! Invariant: a task is in exactly one place. It sleeps in `timers`, or waits in
//! `reactor`, or it is ready in this turn, or its result stands in `results`.

use std::io::ErrorKind;
use std::time::Duration;

use trace::{Came, Clock, How, Observer};

use crate::{CoroutineState, Error, Event, Poller, Reactor, Task, Timers};
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
    /// The tasks that wait for a descriptor; each with its place among the results.
    reactor: Reactor<(usize, Task<R>)>,
    /// A place for each task's result, in the order of spawning.
    results: Vec<Option<Result<R, Error>>>,
}

/// A task that goes on in this turn, with its place among the results, and why.
type Ready<R> = (Came, (usize, Task<R>));

impl<R> EventLoop<R> {
    /// A loop with nothing to run, which waits by `poller`.
    #[must_use]
    pub fn new(clock: &Clock, observer: &Observer, poller: Box<dyn Poller>) -> Self {
        EventLoop {
            clock: clock.clone(),
            observer: observer.clone(),
            timers: Timers::new(),
            reactor: Reactor::new(poller),
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
    ///
    /// # Panics
    /// If the system refuses to wait at all.
    #[must_use]
    pub fn run(mut self) -> Vec<Result<R, Error>> {
        while !(self.timers.is_empty() && self.reactor.is_empty()) {
            self.observer.turn();
            for (_, (id, task)) in self.wait() {
                self.step(id, task);
            }
        }
        let ended = |result: Option<_>| result.expect("nobody waits: all have ended");
        self.results.into_iter().map(ended).collect()
    }

    /// Waits until somebody is ready, and takes everyone who is: descriptors first, then
    /// timers. Who becomes ready while these run is of the next turn.
    fn wait(&mut self) -> Vec<Ready<R>> {
        let deadline = self.timers.first();
        let waits = self.tell_waiting(deadline);
        let mut ready = self.poll(deadline);
        let tells = waits || !ready.is_empty();
        ready.extend(self.due());
        if tells {
            self.observer.ready(ready.iter().map(|(came, _)| came.clone()));
        }
        ready
    }

    /// Tells the observer what this turn waits for, unless somebody is due already.
    fn tell_waiting(&self, deadline: Option<Duration>) -> bool {
        let time = deadline.map(|deadline| deadline.saturating_sub(self.clock.now()));
        let waits = time.is_none_or(|time| !time.is_zero());
        if waits {
            self.observer.waiting(time, self.timers.len(), self.reactor.len());
        }
        waits
    }

    /// Lets time pass until `deadline`, or until a descriptor is ready, and takes
    /// everyone who waited for one.
    fn poll(&mut self, deadline: Option<Duration>) -> Vec<Ready<R>> {
        let ready = loop {
            match self.reactor.poll(self.timeout(deadline)) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => break result.expect("the system can wait"),
            }
        };
        if let Some(deadline) = deadline.filter(|_| ready.is_empty()) {
            self.clock.jump_to(deadline);
        }
        ready
    }

    /// How long this turn may wait.
    fn timeout(&self, deadline: Option<Duration>) -> Option<Duration> {
        match self.reactor.is_empty() {
            true => self.clock.timeout(deadline),
            false => self.clock.timeout_with_grace(deadline),
        }
    }

    /// Takes everyone whose time has come by now.
    fn due(&mut self) -> Vec<Ready<R>> {
        let (now, mut due) = (self.clock.now(), Vec::new());
        while self.timers.first().is_some_and(|deadline| deadline <= now) {
            let (_, (id, task)) = self.timers.pop().expect("there is a first");
            due.push((Came::Timer(task.name.clone()), (id, task)));
        }
        due
    }

    fn step(&mut self, id: usize, mut task: Task<R>) {
        match task.resume(&self.observer) {
            Ok(Yielded(Event::Sleep(event))) => self.timers.push(event.until, (id, task)),
            Ok(Yielded(Event::Ready(source, interest))) => {
                let name = task.name.clone();
                if let Err(error) = self.reactor.wait_for(&source, interest, (id, task)) {
                    self.observer.ended(&name, How::Failed(error.to_string()));
                    self.results[id] = Some(Err(error.into()));
                }
            }
            Ok(Complete(value)) => self.results[id] = Some(Ok(value)),
            Err(error) => self.results[id] = Some(Err(error)),
        }
    }
}
