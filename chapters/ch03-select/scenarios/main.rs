//! The programs of stage 3: those of stage 2 that still apply, those that read, and the
//! bugs of the loop as it is often published.

mod sleepy;
mod waiter;
mod chess;
mod stubborn;
mod zero;
mod ties;
mod failing;
mod panicking;
mod discard;
mod reading;
mod reader;
mod two_readers;
mod one_source;
mod regular_file;
mod eof;
mod busy;
mod as_published;
mod published;
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
    Scenario { name: "failing", about: "one coroutine fails", run: failing::run },
    Scenario { name: "panicking", about: "one coroutine panics", run: panicking::run },
    Scenario {
        name: "reader",
        about: "a reader waits for a pipe while a sleeper keeps its rhythm",
        run: reader::run,
    },
    Scenario {
        name: "two-readers",
        about: "three sources can be read at once",
        run: two_readers::run,
    },
    Scenario {
        name: "one-source",
        about: "two readers of one source",
        run: one_source::run,
    },
    Scenario { name: "regular-file", about: "a file on a disk", run: regular_file::run },
    Scenario { name: "eof", about: "the writer goes away", run: eof::run },
    Scenario {
        name: "busy-reader",
        about: "a source that can always be read, and a sleeper",
        run: busy::run_reader,
    },
    Scenario {
        name: "busy-sleeper",
        about: "a sleeper that is always due, and a reader",
        run: busy::run_sleeper,
    },
    Scenario {
        name: "bug-one-per-turn",
        about: "published: one source is served per turn",
        run: two_readers::run_published,
    },
    Scenario {
        name: "bug-second-reader",
        about: "published: a second reader of a source replaces the first",
        run: one_source::run_published,
    },
    Scenario {
        name: "bug-reader-stays",
        about: "published: a reader is resumed after its end",
        run: published::reader_stays,
    },
    Scenario {
        name: "bug-starved-sleeper",
        about: "published: while a source can be read, sleepers starve",
        run: busy::run_reader_published,
    },
    Scenario {
        name: "bug-starved-reader",
        about: "published: while a sleeper is due, readers starve",
        run: busy::run_sleeper_published,
    },
    Scenario {
        name: "bug-byte-by-byte",
        about: "published: a turn and a system call for every byte",
        run: published::byte_by_byte,
    },
    Scenario {
        name: "bug-hidden-buffer",
        about: "published: data in a buffer that select can't see",
        run: published::hidden_buffer,
    },
    Scenario {
        name: "bug-spin-at-eof",
        about: "published: the end of file is asked for again and again",
        run: eof::run_published,
    },
    Scenario {
        name: "bug-stuck-at-eof",
        about: "published: at the end the coroutine never returns",
        run: published::stuck_at_eof,
    },
    Scenario {
        name: "bug-greedy",
        about: "published: more is taken than was asked for",
        run: published::greedy,
    },
    Scenario {
        name: "bug-timer-truncated",
        about: "a wait in whole milliseconds, rounded down",
        run: bugs::timer_truncated::run,
    },
    Scenario {
        name: "fixed-timer-truncated",
        about: "the same, rounded up",
        run: bugs::timer_truncated_fixed::run,
    },
];

fn main() -> ExitCode {
    trace::main(env!("CARGO_PKG_NAME"), SCENARIOS)
}
