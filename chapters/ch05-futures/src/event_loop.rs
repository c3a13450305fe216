//! The loop: wait until somebody is woken, then poll everyone who was.
//!
//! Invariant: a turn polls exactly the tasks that were woken when it began to. Who is
//! woken meanwhile is of the next turn.

use std::collections::{BTreeMap, VecDeque};
use std::io::ErrorKind;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Wake, Waker};
use std::time::Duration;

use trace::{Came, Clock, Observer};

use crate::wakeup::{Wakeup, current_task};
use crate::{Error, Handle, Poller, Task};

/// Runs tasks side by side, in one thread.
#[derive(Debug)]
pub struct EventLoop<R> {
    /// What futures wait by.
    handle: Handle,
    /// Told of everything that happens.
    observer: Observer,
    /// The tasks that have not ended, by their place among the results.
    tasks: BTreeMap<usize, Task<R>>,
    /// Who was woken.
    woken: Arc<Woken>,
    /// A place for each task's result, in the order of spawning.
    results: Vec<Option<Result<R, Error>>>,
}

/// The tasks that were woken, each once, and by whom. Shared with their wakers, which may
/// be anywhere: hence the lock.
#[derive(Debug, Default)]
struct Woken(Mutex<VecDeque<(usize, Option<String>)>>);

/// What is behind a task's `Waker`.
struct WakeTask {
    id: usize,
    woken: Arc<Woken>,
}

impl Wake for WakeTask {
    fn wake(self: Arc<Self>) {
        self.woken.push(self.id, current_task());
    }
}

impl Woken {
    /// Being woken twice is being woken.
    fn push(&self, id: usize, by: Option<String>) {
        let mut all = self.0.lock().expect("nobody panics with it");
        if all.iter().all(|(other, _)| *other != id) {
            all.push_back((id, by));
        }
    }

    fn is_empty(&self) -> bool {
        self.0.lock().expect("nobody panics with it").is_empty()
    }

    fn take(&self) -> VecDeque<(usize, Option<String>)> {
        std::mem::take(&mut *self.0.lock().expect("nobody panics with it"))
    }
}

impl<R> EventLoop<R> {
    /// A loop with nothing to run, which waits by `poller`.
    #[must_use]
    pub fn new(clock: &Clock, observer: &Observer, poller: Box<dyn Poller>) -> Self {
        EventLoop {
            handle: Handle::new(clock, poller),
            observer: observer.clone(),
            tasks: BTreeMap::new(),
            woken: Arc::default(),
            results: Vec::new(),
        }
    }

    /// For the futures that this loop is to run.
    #[must_use]
    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// Takes `task` on. It first runs when [`run`](Self::run) comes to it.
    pub fn spawn(&mut self, task: Task<R>) {
        self.observer.spawned(&task.name);
        let id = self.results.len();
        self.woken.push(id, None);
        self.tasks.insert(id, task);
        self.results.push(None);
    }

    /// Runs all tasks to their ends; results in the order of spawning. A task that fails
    /// leaves its error there and doesn't disturb the others. So does a task that nobody
    /// will ever wake, once nobody else is left to run.
    ///
    /// # Panics
    /// If the system refuses to wait at all.
    #[must_use]
    pub fn run(mut self) -> Vec<Result<R, Error>> {
        while !self.tasks.is_empty() && self.can_go_on() {
            self.observer.turn();
            self.wait();
            for (id, by) in self.woken.take() {
                self.step(id, by);
            }
        }
        let ended =
            |result: Option<_>| result.unwrap_or_else(|| Err("never woken".into()));
        self.results.into_iter().map(ended).collect()
    }

    /// Whether somebody is woken, or will be.
    fn can_go_on(&self) -> bool {
        let waits =
            !(self.handle.timers().is_empty() && self.handle.reactor().is_empty());
        waits || !self.woken.is_empty()
    }

    /// Waits until somebody is woken. Wakes everyone whose descriptor is ready, then
    /// everyone who is due: behind those that were woken before.
    fn wait(&mut self) {
        let deadline = self.handle.timers().first();
        let waits = self.tell_waiting(deadline);
        let mut came = self.poll(deadline);
        let tells = waits || !came.is_empty();
        came.extend(self.due());
        if tells {
            self.observer.ready(came);
        }
    }

    /// Tells the observer what this turn waits for, unless somebody can run already.
    fn tell_waiting(&self, deadline: Option<Duration>) -> bool {
        let time = deadline.map(|deadline| deadline.saturating_sub(self.now()));
        let waits = self.woken.is_empty() && time.is_none_or(|time| !time.is_zero());
        if waits {
            let (timers, descriptors) =
                (self.handle.timers().len(), self.handle.reactor().len());
            self.observer.waiting(time, timers, descriptors);
        }
        waits
    }

    fn now(&self) -> Duration {
        self.handle.clock().now()
    }

    /// Lets time pass until `deadline`, or until a descriptor is ready, or not at all if
    /// somebody can run. Wakes everyone who waited for a descriptor that is.
    fn poll(&mut self, deadline: Option<Duration>) -> Vec<Came> {
        let deadline = if self.woken.is_empty() { deadline } else { Some(self.now()) };
        let ready = loop {
            let timeout = self.timeout(deadline);
            match self.handle.reactor().poll(timeout) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => break result.expect("the system can wait"),
            }
        };
        if let Some(deadline) = deadline.filter(|_| ready.is_empty()) {
            self.handle.clock().jump_to(deadline);
        }
        let wake = |(came, wakeup): (Came, Rc<Wakeup>)| {
            wakeup.wake();
            came
        };
        ready.into_iter().map(wake).collect()
    }

    /// How long this turn may wait.
    fn timeout(&self, deadline: Option<Duration>) -> Option<Duration> {
        match self.handle.reactor().is_empty() {
            true => self.handle.clock().timeout(deadline),
            false => self.handle.clock().timeout_with_grace(deadline),
        }
    }

    /// Wakes everyone whose time has come by now.
    fn due(&mut self) -> Vec<Came> {
        let (now, mut came) = (self.now(), Vec::new());
        while self.handle.timers().first().is_some_and(|deadline| deadline <= now) {
            let (_, wakeup) = self.handle.timers().pop().expect("there is a first");
            wakeup.wake();
            came.push(Came::Timer(wakeup.task().to_owned()));
        }
        came
    }

    /// Polls a task that was woken, unless it has ended since.
    fn step(&mut self, id: usize, by: Option<String>) {
        let Some(task) = self.tasks.get_mut(&id) else { return };
        if let Some(by) = by.filter(|by| *by != task.name) {
            self.observer.woken(&task.name, &by);
        }
        let wake = Arc::new(WakeTask { id, woken: self.woken.clone() });
        let waker = Waker::from(wake.clone());
        // One count is this function's, one the waker's: another is somebody's clone.
        let is_kept = || Arc::strong_count(&wake) > 2;
        if let Poll::Ready(result) = task.poll(&self.observer, &waker, is_kept) {
            self.tasks.remove(&id);
            self.results[id] = Some(result);
        }
    }
}
