//! What the combinators promise, by name.

#![allow(clippy::unwrap_used, reason = "these are tests, their helpers included")]

mod gathers;
mod group_ends;
mod groups;
mod limits;
mod sets;
mod waits;

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::Duration;

use ch06_tasks::{
    Builder, JoinError, JoinHandle, Runtime, all_tasks, catch_cancel, resume_cancel,
    sleep, spawn, yield_now,
};
use trace::Clock;

/// A runtime on virtual time, its clock, and what it reported.
struct World {
    runtime: Runtime,
    clock: Clock,
    reports: Rc<RefCell<Vec<String>>>,
}

impl World {
    fn new() -> Self {
        let clock = Clock::virtual_time();
        let reports = Rc::<RefCell<Vec<String>>>::default();
        let to = reports.clone();
        let builder = Builder::new().clock(&clock);
        let builder = builder.exception_handler(move |report| {
            to.borrow_mut().push(report.to_owned());
        });
        World { runtime: builder.build().unwrap(), clock, reports }
    }

    /// Runs `main`, and then whatever is ready: nothing may be left of it.
    fn run<F: Future>(&self, main: F) -> F::Output {
        let output = self.runtime.block_on(async {
            let output = main.await;
            settle().await;
            let left = all_tasks();
            let left: Vec<_> = left.iter().map(|task| task.name()).collect();
            assert_eq!(left.len(), 1, "only the main task is left: {left:?}");
            output
        });
        assert_eq!(self.reports.borrow().join("; "), "", "nothing is reported");
        output
    }

    fn now(&self) -> Duration {
        self.clock.now()
    }
}

/// Runs `main` in a world of its own, and says how long it took.
fn run<F: Future>(main: F) -> (F::Output, Duration) {
    let world = World::new();
    (world.run(main), world.now())
}

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// Gives whatever is ready its turns.
async fn settle() {
    for _ in 0..20 {
        yield_now().await;
    }
}

/// What a call that panics says.
fn panic_of<R>(call: impl FnOnce() -> R) -> String {
    let result = catch_unwind(AssertUnwindSafe(call));
    let Err(payload) = result else { panic!("it does not panic") };
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref().cloned()).unwrap()
}

/// Counts what is alive.
#[derive(Clone, Default)]
struct Alive(Rc<Cell<usize>>);

struct One(Alive);

impl Alive {
    fn one(&self) -> One {
        self.0.update(|n| n + 1);
        One(self.clone())
    }

    fn count(&self) -> usize {
        self.0.get()
    }
}

impl Drop for One {
    fn drop(&mut self) {
        self.0.0.update(|n| n - 1);
    }
}

/// Sleeps, and gives its number; counted while its future is there.
fn sleeper(alive: &Alive, n: u64) -> impl Future<Output = u64> + use<> {
    let one = alive.one();
    async move {
        let _one = one;
        sleep(ms(n)).await;
        n
    }
}

/// Asked to stop, takes its time; and again if it is asked again.
async fn cleans_up(takes: Duration, asked: Rc<Cell<u32>>) -> u64 {
    let Err(mut cancelled) = catch_cancel(sleep(ms(60_000))).await else { return 0 };
    asked.update(|n| n + 1);
    while let Err(again) = catch_cancel(sleep(takes)).await {
        asked.update(|n| n + 1);
        cancelled = again;
    }
    resume_cancel(cancelled).await
}

/// Catches every cancel for a while, and returns its value.
async fn refuses() -> u64 {
    while catch_cancel(sleep(ms(100))).await.is_err() {}
    7
}

/// A task in the middle of `future`.
async fn started<T: 'static>(future: impl Future<Output = T> + 'static) -> JoinHandle<T> {
    let task = spawn(future);
    settle().await;
    task
}

fn is_cancelled<T>(result: &Result<T, JoinError>) -> bool {
    result.as_ref().is_err_and(JoinError::is_cancelled)
}
