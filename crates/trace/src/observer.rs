//! The gate through which a loop is watched: one value that the loop owns, and a hook
//! for each kind of event.
//!
//! Invariant: hooks only write down. No hook returns anything, and a loop with
//! [`Observer::none`] behaves as the same loop with a recorder.

use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;
use std::panic::Location;
use std::rc::Rc;
use std::time::Duration;

use crate::{Came, Clock, Event, How, On, What};

/// What a loop tells its story to. Clones write into the same recording.
#[derive(Clone, Debug, Default)]
pub struct Observer(Option<Rc<Recorder>>);

/// The events so far, and what is needed to stamp the next one.
#[derive(Debug)]
struct Recorder {
    /// Stamps `t_ns`.
    clock: Clock,
    /// Stamps `turn`; the loop moves it.
    turn: Cell<u64>,
    /// Everything that happened, in order.
    events: RefCell<Vec<Event>>,
    /// Called with each event as it happens: a program on the real clock shows its
    /// lines live.
    live: Option<fn(&Event)>,
}

/// How long a recording may get. A loop that forgets to wait would go on for ever.
const LARGEST: usize = 1_000_000;

thread_local! {
    /// Who runs on this thread, innermost last: [`printed`] asks it whose line it is. Never
    /// destroyed: a runtime in another thread-local is dropped when the thread has ended.
    static RUNNING: ManuallyDrop<RefCell<Vec<(Observer, String)>>> =
        const { ManuallyDrop::new(RefCell::new(Vec::new())) };
}

impl Observer {
    /// Watches nothing and costs one test of a pointer per hook.
    #[must_use]
    pub fn none() -> Self {
        Observer(None)
    }

    /// Writes everything down, stamped by `clock`.
    #[must_use]
    pub fn recording(clock: Clock) -> Self {
        Self::recorder(clock, None)
    }

    /// As [`Observer::recording`], and calls `live` with each event as it happens.
    #[must_use]
    pub fn live(clock: Clock, live: fn(&Event)) -> Self {
        Self::recorder(clock, Some(live))
    }

    fn recorder(clock: Clock, live: Option<fn(&Event)>) -> Self {
        let (turn, events) = (Cell::new(0), RefCell::default());
        Observer(Some(Rc::new(Recorder { clock, turn, events, live })))
    }

    /// The events so far, in order; none without a recorder.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        self.0.as_ref().map(|r| r.events.borrow().clone()).unwrap_or_default()
    }

    /// The loop begins its next turn. Not an event: it numbers those that follow.
    pub fn turn(&self) {
        if let Some(recorder) = &self.0 {
            recorder.turn.set(recorder.turn.get() + 1);
        }
    }

    /// The loop has taken `task` on.
    #[track_caller]
    pub fn spawned(&self, task: &str) {
        self.write(Some(task), || What::Spawned);
    }

    /// `task` runs from here to its next [`suspended`](Self::suspended) or
    /// [`finished`](Self::finished), one of which must follow.
    #[track_caller]
    pub fn resumed(&self, task: &str) {
        self.write(Some(task), || What::Resumed { with: None });
        self.enter(task);
    }

    /// As [`resumed`](Self::resumed), with something passed in.
    #[track_caller]
    pub fn resumed_with(&self, task: &str, with: impl Into<String>) {
        self.write(Some(task), || What::Resumed { with: Some(with.into()) });
        self.enter(task);
    }

    /// `task` left and can come back.
    #[track_caller]
    pub fn suspended(&self, task: &str, on: On) {
        self.leave();
        self.write(Some(task), || What::Suspended { on });
    }

    /// `task` is ready to run again, thanks to `by`.
    #[track_caller]
    pub fn woken(&self, task: &str, by: &str) {
        self.write(Some(task), || What::Woken { by: by.to_owned() });
    }

    /// `task` left for good, in its own resumption.
    #[track_caller]
    pub fn finished(&self, task: &str, how: How) {
        self.leave();
        self.write(Some(task), || What::Finished { how });
    }

    /// `task` was ended from outside, while it was not running.
    #[track_caller]
    pub fn ended(&self, task: &str, how: How) {
        self.write(Some(task), || What::Finished { how });
    }

    /// The loop has nothing to run and waits: for `timeout` at most (`None`: until
    /// something comes), on so many timers and descriptors.
    #[track_caller]
    pub fn waiting(&self, timeout: Option<Duration>, timers: usize, descriptors: usize) {
        let timeout_ns = timeout.map(nanoseconds);
        self.write(None, || What::Waiting { timeout_ns, timers, descriptors });
    }

    /// The loop's wait is over; `came` says what ended it.
    #[track_caller]
    pub fn ready(&self, came: impl IntoIterator<Item = Came>) {
        self.write(None, || What::Ready { came: came.into_iter().collect() });
    }

    /// Runs `program` as the task `name` that no loop resumed: what it prints outside
    /// any task is its own.
    pub fn around<T>(&self, name: &str, program: impl FnOnce() -> T) -> T {
        let running = RUNNING.with(|all| all.borrow().len());
        self.enter(name);
        let result = program();
        // Also what a panic left behind: a task that never came to its `finished`.
        RUNNING.with(|all| all.borrow_mut().truncate(running));
        result
    }

    fn enter(&self, task: &str) {
        if self.0.is_some() {
            RUNNING.with(|all| all.borrow_mut().push((self.clone(), task.to_owned())));
        }
    }

    fn leave(&self) {
        if self.0.is_some() {
            RUNNING.with(|all| all.borrow_mut().pop());
        }
    }

    #[track_caller]
    fn write(&self, task: Option<&str>, what: impl FnOnce() -> What) {
        let Some(recorder) = &self.0 else { return };
        let at = Location::caller().into();
        recorder.write(task, at, what());
    }
}

impl Recorder {
    fn write(&self, task: Option<&str>, at: crate::At, what: What) {
        let t_ns = nanoseconds(self.clock.now());
        let task = task.map(str::to_owned);
        let event = Event { t_ns, turn: self.turn.get(), task, at, what };
        if let Some(live) = self.live {
            live(&event);
        }
        let mut events = self.events.borrow_mut();
        assert!(
            events.len() < LARGEST,
            "{LARGEST} events, and no end: does this loop wait?"
        );
        events.push(event);
    }
}

/// Says a line on behalf of whoever runs on this thread. With nobody watching it goes
/// to standard output, so that a program reads the same with and without a recorder.
#[track_caller]
pub fn printed(text: impl Into<String>) {
    let (text, at) = (text.into(), Location::caller());
    match RUNNING.with(|all| all.borrow().last().cloned()) {
        Some((Observer(Some(recorder)), task)) => {
            recorder.write(Some(&task), at.into(), What::Printed { text });
        }
        _ => println!("{text}"),
    }
}

/// `println!` into the trace: the line belongs to the task that runs.
#[macro_export]
macro_rules! say {
    ($($arg:tt)*) => { $crate::printed(::std::format!($($arg)*)) };
}

/// What fits into the trace's integer: the first 584 years.
fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

impl On {
    /// A moment on the program's clock.
    #[must_use]
    pub fn timer(until: Duration) -> Self {
        On::Timer { until_ns: nanoseconds(until) }
    }
}
