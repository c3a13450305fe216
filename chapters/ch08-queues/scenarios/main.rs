//! The programs of chapter 8. Each is its own file and its own small story.

mod queue_workers;
mod producers_consumers;
mod queue_kinds;
mod back_pressure;
mod lock;
mod no_lock_needed;
mod semaphore;
mod no_barging;
mod passes_on;
mod event;
mod set_then_clear;
mod notify;
mod condition;
mod barrier;
mod oneshot;
mod exit_code;
mod channel;
mod mailbox;
mod choice;
mod choice_timeout;
mod bugs;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::Duration;

use ch06_tasks::{Builder, JoinHandle, Runtime};
use trace::{Scenario, Setting, say};

/// A runtime on the setting's clock, watched by its observer.
fn runtime(setting: &Setting) -> Runtime {
    let builder = Builder::new().clock(&setting.clock).observer(&setting.observer);
    builder.build().expect("a descriptor is left for the runtime")
}

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// Waits for each of them.
async fn all<T: 'static>(tasks: impl IntoIterator<Item = JoinHandle<T>>) {
    for task in tasks {
        let _ = task.await;
    }
}

/// Runs `main`. If that ends in a panic, says what the panic said.
fn run_and_tell(setting: &Setting, main: impl Future<Output = ()>) {
    let runtime = runtime(setting);
    let end = catch_unwind(AssertUnwindSafe(|| runtime.block_on(main)));
    let panic = end.err().and_then(|panic| panic.downcast::<String>().ok());
    setting.observer.around("main", || match panic {
        Some(panic) => say!("{panic}"),
        None => say!("block_on has returned"),
    });
}

/// A scenario's line in the list.
const fn scenario(
    name: &'static str,
    about: &'static str,
    run: fn(&Setting),
) -> Scenario {
    Scenario { name, about, run }
}

const SCENARIOS: &[Scenario] = &[
    scenario(
        "lock",
        "three read, wait, and write back: with a lock and without",
        lock::run,
    ),
    scenario(
        "no-lock-needed",
        "three count, and nobody waits in between",
        no_lock_needed::run,
    ),
    scenario("semaphore", "two tables, five guests", semaphore::run),
    scenario(
        "no-barging",
        "a permit comes back, and somebody new asks for it",
        no_barging::run,
    ),
    scenario("passes-on", "two wait; the first is woken, and cancelled", passes_on::run),
    scenario("queue-workers", "six jobs, three workers, and a join", queue_workers::run),
    scenario("producers-consumers", "two put, three get", producers_consumers::run),
    scenario("queue-kinds", "the same items in three kinds of queue", queue_kinds::run),
    scenario("back-pressure", "one is quick and one is slow", back_pressure::run),
    scenario("event", "two wait for the door to open", event::run),
    scenario("set-then-clear", "the door opens, and closes at once", set_then_clear::run),
    scenario("notify", "calls to one, to nobody, and to all", notify::run),
    scenario("condition", "two wait for three loaves", condition::run),
    scenario("barrier", "four hikers, rafts for two", barrier::run),
    scenario("oneshot", "two questions, and one answer", oneshot::run),
    scenario("exit-code", "the output has ended: has the program?", exit_code::run),
    scenario("channel", "two senders, one receiver, and an end", channel::run),
    scenario("mailbox", "a letter is passed on before anybody reads it", mailbox::run),
    scenario("choice-priority", "urgent and ordinary letters", choice::by_priority),
    scenario("choice-fair", "the same letters, in turns", choice::fair),
    scenario(
        "choice-timeout",
        "nothing comes, something comes late",
        choice_timeout::run,
    ),
    scenario("bug-lock-order", "two tasks, two locks", bugs::lock_order::run),
    scenario("fixed-lock-order", "two tasks, two locks", bugs::lock_order_fixed::run),
    scenario("bug-lost-call", "a call, and one who waits for it", bugs::lost_call::run),
    scenario(
        "fixed-lost-call",
        "a call, and one who waits for it",
        bugs::lost_call_fixed::run,
    ),
    scenario(
        "bug-grows",
        "a queue between a quick task and a slow one",
        bugs::grows::run,
    ),
    scenario(
        "fixed-grows",
        "a queue between a quick task and a slow one",
        bugs::grows_fixed::run,
    ),
    scenario(
        "bug-never-done",
        "a worker, and one who waits for the work",
        bugs::never_done::run,
    ),
    scenario(
        "fixed-never-done",
        "a worker, and one who waits for the work",
        bugs::never_done_fixed::run,
    ),
];

fn main() -> ExitCode {
    trace::main(env!("CARGO_PKG_NAME"), SCENARIOS)
}
