//! The programs of stage 6. Each is its own file and its own small story.

mod sleepy;
mod waiter;
mod chess;
mod stubborn;
mod zero;
mod ties;
mod failing;
mod echo;
mod await_or_spawn;
mod fire_and_forget;
mod join_several;
mod panic;
mod promise;
mod callbacks;
mod call_later;
mod cancel;
mod abort;
mod refuse_cancel;
mod shutdown_pending;
mod task_local;
mod thread_wake;
mod recv_chain;
mod bugs;
mod claim_race;

use std::process::ExitCode;
use std::time::Duration;

use ch06_tasks::{Builder, Runtime};
use trace::{Scenario, Setting};

/// A runtime on the setting's clock, watched by its observer.
fn runtime(setting: &Setting) -> Runtime {
    let builder = Builder::new().clock(&setting.clock).observer(&setting.observer);
    builder.build().expect("a descriptor is left for the runtime")
}

fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
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
    scenario("sleepy", "five sleepers of five steps each", sleepy::run),
    scenario("waiter", "a waiter comes back when a guest has decided", waiter::run),
    scenario("chess", "24 games side by side, one master", chess::run),
    scenario("stubborn", "one task never suspends", stubborn::run),
    scenario("zero", "a sleep of zero", zero::run),
    scenario("ties", "five ask for the same moment: who goes first?", ties::run),
    scenario("failing", "one task fails", failing::run),
    scenario("echo", "three clients, two workers: what is said comes back", echo::run),
    scenario(
        "await-or-spawn",
        "two sleeps, awaited one after the other and as tasks",
        await_or_spawn::run,
    ),
    scenario("fire-and-forget", "a task that nobody awaits", fire_and_forget::run),
    scenario("join-several", "three tasks await the same one", join_several::run),
    scenario("panic", "a task panics", panic::run),
    scenario("future", "a value that another task sets, once", promise::run),
    scenario("callbacks", "callbacks and tasks share one queue", callbacks::run),
    scenario("call-later", "functions for a later time, one cancelled", call_later::run),
    scenario("cancel", "a request to stop, and a clean-up that awaits", cancel::run),
    scenario("abort", "dropped by the loop: destructors, and nothing else", abort::run),
    scenario(
        "refuse-cancel",
        "a task that is asked to stop, and catches it",
        refuse_cancel::run,
    ),
    scenario(
        "shutdown-pending",
        "the program ends, and its tasks haven't",
        shutdown_pending::run,
    ),
    scenario("task-local", "each task has its own value", task_local::run),
    scenario("thread-wake", "another thread wakes a task", thread_wake::run),
    scenario("recv-chain", "from the wire to the task in seven steps", recv_chain::run),
    scenario(
        "bug-self-wake",
        "a future that wakes itself until it is ready",
        bugs::self_wake::run,
    ),
    scenario(
        "fixed-self-wake",
        "the same, left with a timer",
        bugs::self_wake_fixed::run,
    ),
    scenario(
        "bug-timer-restarts",
        "a limit in a loop begins anew each time",
        bugs::timer_restarts::run,
    ),
    scenario(
        "fixed-timer-restarts",
        "the same, begun once",
        bugs::timer_restarts_fixed::run,
    ),
    scenario("claim-race", "claimed: one thread means no races", claim_race::race),
    scenario(
        "claim-no-lock",
        "claimed: whatever two tasks touch needs a lock",
        claim_race::no_lock,
    ),
];

fn main() -> ExitCode {
    trace::main(env!("CARGO_PKG_NAME"), SCENARIOS)
}
