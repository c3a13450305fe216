//! The programs of chapter 7. Each is its own file and its own small story.

mod gather_abc;
mod gather_error;
mod gather_each;
mod gather_groups;
mod gather_cancel;
mod bounded;
mod chained;
mod wait_first;
mod wait_error;
mod wait_timeout;
mod as_completed;
mod join_set;
mod task_group;
mod task_group_fails;
mod shield;
mod race_losers;
mod timeout_drops;
mod wait_for_cleans_up;
mod bugs;

use std::process::ExitCode;
use std::time::Duration;

use ch06_tasks::{Builder, JoinHandle, Runtime, sleep, spawn_named};
use trace::{Scenario, Setting, say};

/// A runtime on the setting's clock, watched by its observer.
fn runtime(setting: &Setting) -> Runtime {
    let builder = Builder::new().clock(&setting.clock).observer(&setting.observer);
    builder.build().expect("a descriptor is left for the runtime")
}

fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// A task that takes some seconds, and gives its name.
fn job(name: &'static str, takes: u64) -> JoinHandle<&'static str> {
    spawn_named(name, async move {
        say!("starts");
        sleep(seconds(takes)).await;
        say!("ends");
        name
    })
}

/// Something that is given back when it is dropped.
struct Held(&'static str);

impl Drop for Held {
    fn drop(&mut self) {
        say!("gives back {}", self.0);
    }
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
    scenario("gather-abc", "three tasks, waited for together", gather_abc::run),
    scenario("gather-error", "two downloads, one fails", gather_error::run),
    scenario("gather-each", "what each of four tasks came to", gather_each::run),
    scenario("gather-groups", "groups in a group, one is stopped", gather_groups::run),
    scenario(
        "gather-cancel",
        "whoever waits for two tasks is asked to stop",
        gather_cancel::run,
    ),
    scenario("bounded", "seven calls, three at a time", bounded::run),
    scenario("chained", "three chains of two steps each", chained::run),
    scenario("wait-first", "three tasks, the first answer is enough", wait_first::run),
    scenario("wait-error", "three tasks, until one fails", wait_error::run),
    scenario(
        "wait-timeout",
        "two tasks, and a limit between their ends",
        wait_timeout::run,
    ),
    scenario("as-completed", "each result is used when it comes", as_completed::run),
    scenario("join-set", "tasks that come and go under one owner", join_set::run),
    scenario("task-group", "a parent, two children, one block", task_group::run),
    scenario("task-group-fails", "one of three children fails", task_group_fails::run),
    scenario("shield", "a guest orders, and leaves", shield::run),
    scenario("race-losers", "the same file from three mirrors", race_losers::run),
    scenario("timeout-drops", "a transfer and a deadline", timeout_drops::run),
    scenario(
        "wait-for-cleans-up",
        "a transfer that says goodbye, and a deadline",
        wait_for_cleans_up::run,
    ),
    scenario(
        "bug-lost-branch",
        "messages and ticks, whichever is first",
        bugs::lost_branch::run,
    ),
    scenario("fixed-lost-branch", "the same, done right", bugs::lost_branch_fixed::run),
    scenario("bug-stalled-buffer", "two requests at once", bugs::stalled_buffer::run),
    scenario(
        "fixed-stalled-buffer",
        "the same, as tasks",
        bugs::stalled_buffer_fixed::run,
    ),
];

fn main() -> ExitCode {
    trace::main(env!("CARGO_PKG_NAME"), SCENARIOS)
}
