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
mod bugs;

use std::process::ExitCode;

use trace::Scenario;

const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "sleepy",
        about: "five sleepers of five steps each",
        run: sleepy::run,
    },
    Scenario {
        name: "sleepy-list",
        about: "the same on the smallest loop, the sorted list",
        run: sleepy::run_list,
    },
    Scenario {
        name: "waiter-blocking",
        about: "a waiter who stands and waits for each guest",
        run: waiter::run_blocking,
    },
    Scenario {
        name: "waiter",
        about: "a waiter who comes back when a guest has decided",
        run: waiter::run,
    },
    Scenario {
        name: "chess-blocking",
        about: "24 games, one after the other",
        run: chess::run_blocking,
    },
    Scenario {
        name: "chess",
        about: "24 games side by side, one master",
        run: chess::run,
    },
    Scenario {
        name: "stubborn",
        about: "one coroutine never suspends",
        run: stubborn::run,
    },
    Scenario { name: "zero", about: "a sleep of zero", run: zero::run },
    Scenario {
        name: "ties",
        about: "five ask for the same moment: who goes first?",
        run: ties::run,
    },
    Scenario {
        name: "heap-alone",
        about: "equal deadlines on a heap that compares nothing else",
        run: heap_alone::run,
    },
    Scenario { name: "failing", about: "one coroutine fails", run: failing::run },
    Scenario {
        name: "polling",
        about: "waiting for anything but time: look, sleep, look again",
        run: polling::run,
    },
    Scenario {
        name: "fixed-stubborn",
        about: "stubborn, giving way after each round",
        run: bugs::stubborn_fixed::run,
    },
];

fn main() -> ExitCode {
    trace::main(env!("CARGO_PKG_NAME"), SCENARIOS)
}
