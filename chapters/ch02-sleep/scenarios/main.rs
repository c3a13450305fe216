//! The programs of stage 2. Each is its own file and its own small story.

mod sleepy;
mod waiter;
mod chess;
mod stubborn;
mod zero;
mod ties;
mod heap_alone;
mod failing;
mod polling;

use std::process::ExitCode;

use trace::Scenario;

const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "sleepy",
        about: "five sleepers of five steps: 0.5 s, not 2.5 s",
        run: sleepy::run,
    },
    Scenario {
        name: "sleepy-list",
        about: "the same on the smallest loop, the sorted list",
        run: sleepy::run_list,
    },
    Scenario {
        name: "waiter-blocking",
        about: "a waiter who stands and waits for each guest: 16 minutes",
        run: waiter::run_blocking,
    },
    Scenario {
        name: "waiter",
        about: "a waiter who comes back when a guest has decided: 10 minutes",
        run: waiter::run,
    },
    Scenario {
        name: "chess-blocking",
        about: "24 games, one after the other: 12 hours",
        run: chess::run_blocking,
    },
    Scenario {
        name: "chess",
        about: "24 games side by side, one master: 1 hour and 55 seconds",
        run: chess::run,
    },
    Scenario {
        name: "stubborn",
        about: "one coroutine never suspends: the others starve",
        run: stubborn::run,
    },
    Scenario {
        name: "zero",
        about: "a sleep of zero gives way to whoever is due",
        run: zero::run,
    },
    Scenario {
        name: "ties",
        about: "equal deadlines: first come, first served",
        run: ties::run,
    },
    Scenario {
        name: "heap-alone",
        about: "equal deadlines on a heap that compares nothing else: two of five starve",
        run: heap_alone::run,
    },
    Scenario {
        name: "failing",
        about: "one coroutine fails: the others go on, and every result is kept",
        run: failing::run,
    },
    Scenario {
        name: "polling",
        about: "waiting for anything but time: look, sleep, look again",
        run: polling::run,
    },
];

fn main() -> ExitCode {
    trace::main(env!("CARGO_PKG_NAME"), SCENARIOS)
}
