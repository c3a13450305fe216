//! The programs of stage 1. Each is its own file; the Python it stands for is in
//! `tests/oracle/ch01/` under the same name, and prints the same lines (there is none for
//! `parts-too-early`).

mod one_two;
mod send;
mod returned;
mod iterate;
mod states;
mod re_entry;
mod ignored_close;
mod delegate;
mod delegate_throw;
mod no_suspension;
mod cofoo;
mod parts;
mod suspend;

use std::process::ExitCode;

use trace::Scenario;

const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "one-two",
        about: "the smallest state machine: it yields 1, then 2, then ends",
        run: one_two::run,
    },
    Scenario {
        name: "send",
        about: "the caller sends a value in, then throws an error in",
        run: send::run,
    },
    Scenario {
        name: "returned",
        about: "a return value leaves by the same door as the end",
        run: returned::run,
    },
    Scenario {
        name: "iterate",
        about: "a generator is an iterator, and its own state",
        run: iterate::run,
    },
    Scenario {
        name: "states",
        about: "CREATED, RUNNING, SUSPENDED, CLOSED, and who may do what when",
        run: states::run,
    },
    Scenario {
        name: "re-entry",
        about: "a generator that resumes itself is refused",
        run: re_entry::run,
    },
    Scenario {
        name: "ignored-close",
        about: "a generator that yields in its clean-up is refused",
        run: ignored_close::run,
    },
    Scenario {
        name: "delegate",
        about: "yield from: the caller speaks with the innermost",
        run: delegate::run,
    },
    Scenario {
        name: "delegate-throw",
        about: "throw and close reach the innermost first",
        run: delegate_throw::run,
    },
    Scenario {
        name: "no-suspension",
        about: "an await with nothing to wait for",
        run: no_suspension::run,
    },
    Scenario {
        name: "cofoo",
        about: "a subroutine forgets; a coroutine keeps its place, and any owner resumes it",
        run: cofoo::run,
    },
    Scenario {
        name: "parts",
        about: "a class cut at each await, with `parts` and `pos`",
        run: parts::run,
    },
    Scenario {
        name: "parts-too-early",
        about: "why that isn't enough: nothing can say \"not yet\"",
        run: parts::run_too_early,
    },
    Scenario {
        name: "suspend",
        about: "a part may answer SUSPEND, and a loop knows what it waits for",
        run: suspend::run,
    },
];

fn main() -> ExitCode {
    trace::main(env!("CARGO_PKG_NAME"), SCENARIOS)
}
