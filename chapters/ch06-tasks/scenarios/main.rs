//! The programs of stage 6: those of the stages before, and those that need tasks.

mod sleepy;
mod waiter;
mod chess;
mod stubborn;
mod zero;
mod ties;
mod failing;
mod panicking;
mod reading;
mod reader;
mod two_readers;
mod one_source;
mod regular_file;
mod eof;
mod busy;
mod echo;
mod slow_client;
mod serving;
mod chunked;
mod many;
mod wakers;
mod nested;
mod await_or_spawn;
mod fire_and_forget;
mod join_several;
mod unread_panic;
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

use std::panic::{AssertUnwindSafe, catch_unwind};
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

fn milliseconds(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// A panic that is part of a story needs no message on standard error.
fn quiet() {
    std::panic::set_hook(Box::new(|_| ()));
}

/// What the loop says, if it panics.
fn panic_of(call: impl FnOnce()) -> Option<String> {
    quiet();
    let panic = catch_unwind(AssertUnwindSafe(call)).err()?;
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref().cloned())
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
    scenario(
        "waiter-blocking",
        "a waiter stands and waits for each guest",
        waiter::run_blocking,
    ),
    scenario("waiter", "a waiter comes back when a guest has decided", waiter::run),
    scenario("chess-blocking", "24 games, one after the other", chess::run_blocking),
    scenario("chess", "24 games side by side, one master", chess::run),
    scenario("stubborn", "one task never suspends", stubborn::run),
    scenario("zero", "a sleep of zero", zero::run),
    scenario("ties", "five ask for the same moment: who goes first?", ties::run),
    scenario("failing", "one task fails", failing::run),
    scenario("panicking", "one task panics", panicking::run),
    scenario(
        "reader",
        "a reader waits for a pipe while a sleeper keeps its rhythm",
        reader::run,
    ),
    scenario("two-readers", "three sources can be read at once", two_readers::run),
    scenario("one-source", "two readers of one source", one_source::run),
    scenario("regular-file", "a file on a disk", regular_file::run),
    scenario("eof", "the writer goes away", eof::run),
    scenario(
        "busy-reader",
        "a source that can always be read, and a sleeper",
        busy::run_reader,
    ),
    scenario(
        "busy-sleeper",
        "a sleeper that is always due, and a reader",
        busy::run_sleeper,
    ),
    scenario("echo", "three clients, two workers: what is said comes back", echo::run),
    scenario(
        "slow-client",
        "more than the buffers hold, and nobody listens yet",
        slow_client::run,
    ),
    scenario("connect-refused", "nobody listens at the port", serving::connect_refused),
    scenario("half-close", "one side has finished, and still hears", serving::half_close),
    scenario("reset", "one side goes away while an answer is under way", serving::reset),
    scenario(
        "chunked",
        "an HTTP answer that stays open until every worker has answered",
        chunked::run,
    ),
    scenario("many", "five thousand connections, all open at once", many::run),
    scenario("woken", "a waker is left, and called", wakers::woken),
    scenario("missed-wake", "no waker is left", wakers::missed),
    scenario(
        "stale-waker",
        "the first waker is kept, and the future handed on",
        wakers::stale,
    ),
    scenario("renewed-waker", "the latest waker is kept", wakers::renewed),
    scenario("nested-block-on", "a loop inside of another", nested::run),
    scenario(
        "await-or-spawn",
        "two sleeps, awaited one after the other and as tasks",
        await_or_spawn::run,
    ),
    scenario("fire-and-forget", "a task that nobody awaits", fire_and_forget::run),
    scenario("join-several", "three tasks await the same one", join_several::run),
    scenario(
        "unread-panic",
        "a task panics, and nobody asks about it",
        unread_panic::run,
    ),
    scenario("promise", "a value that another task sets, once", promise::run),
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
