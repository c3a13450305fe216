//! The loop: wait for the first deadline, resume that task, set its next timer.
//!
//! Invariant: a task is in exactly one place. It sleeps in `timers`, or it is being
//! resumed, or its result stands in `results`.

use std::time::Duration;

use trace::{Came, Clock, Observer};

use crate::{AsyncSleep, CoroutineState, Error, Task, Timers};
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
    /// A place for each task's result, in the order of spawning.
    results: Vec<Option<Result<R, Error>>>,
}

impl<R> EventLoop<R> {
    /// A loop with nothing to run.
    #[must_use]
    pub fn new(clock: &Clock, observer: &Observer) -> Self {
        EventLoop {
            clock: clock.clone(),
            observer: observer.clone(),
            timers: Timers::new(),
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
        while let Some((deadline, (id, task))) = self.timers.pop() {
            self.observer.turn();
            self.wait_until(deadline, &task.name);
            self.step(id, task);
        }
        let ended = |result: Option<_>| result.expect("no timer is left: all have ended");
        self.results.into_iter().map(ended).collect()
    }

    fn wait_until(&self, deadline: Duration, name: &str) {
        let time = deadline.saturating_sub(self.clock.now());
        if time.is_zero() {
            return;
        }
        self.observer.waiting(Some(time), self.timers.len() + 1, 0);
        self.clock.sleep_until(deadline);
        self.observer.ready([Came::Timer(name.to_owned())]);
    }

    fn step(&mut self, id: usize, mut task: Task<R>) {
        match task.resume(&self.observer) {
            Ok(Yielded(AsyncSleep { until })) => self.timers.push(until, (id, task)),
            Ok(Complete(value)) => self.results[id] = Some(Ok(value)),
            Err(error) => self.results[id] = Some(Err(error)),
        }
    }
}
