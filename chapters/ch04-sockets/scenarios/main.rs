//! The programs of stage 4: those of the stages before, and those that talk over sockets.

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
mod peer;
mod worker;
mod echo;
mod slow_client;
mod serving;
mod chunked;
mod many;
mod bugs;

use std::process::ExitCode;

use ch04_sockets::{Epoll, Poller, Select};
use trace::Scenario;

/// The poller that these programs wait by. `UNROLLED_POLLER=select` exchanges it: their
/// traces are the same.
fn poller() -> Box<dyn Poller> {
    match std::env::var("UNROLLED_POLLER").as_deref() {
        Ok("select") => Box::new(Select::default()),
        _ => Box::new(Epoll::new().expect("this program has descriptors to spare")),
    }
}

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
        name: "echo",
        about: "three clients, two workers: what is said comes back",
        run: echo::run,
    },
    Scenario {
        name: "slow-client",
        about: "more than the buffers hold, and nobody listens yet",
        run: slow_client::run,
    },
    Scenario {
        name: "connect-refused",
        about: "nobody listens at the port",
        run: serving::connect_refused,
    },
    Scenario {
        name: "half-close",
        about: "one side has finished, and still hears",
        run: serving::half_close,
    },
    Scenario {
        name: "reset",
        about: "one side goes away while an answer is under way",
        run: serving::reset,
    },
    Scenario {
        name: "chunked",
        about: "an HTTP answer that stays open until every worker has answered",
        run: chunked::run,
    },
    Scenario {
        name: "many",
        about: "five thousand connections, all open at once",
        run: many::run,
    },
    Scenario {
        name: "bug-partial-write",
        about: "a send takes a part, and nobody looks",
        run: bugs::partial_write::run,
    },
    Scenario {
        name: "fixed-partial-write",
        about: "the same, sending what is left",
        run: bugs::partial_write_fixed::run,
    },
    Scenario {
        name: "bug-edge-stops",
        about: "edge-triggered, and one message is taken",
        run: bugs::edge_stops::run,
    },
    Scenario {
        name: "fixed-edge-stops",
        about: "the same, taking all there is",
        run: bugs::edge_stops_fixed::run,
    },
    Scenario {
        name: "bug-connect-ignored",
        about: "writable is taken for connected",
        run: bugs::connect_ignored::run,
    },
    Scenario {
        name: "fixed-connect-ignored",
        about: "the same, asking how it went",
        run: bugs::connect_ignored_fixed::run,
    },
    Scenario {
        name: "bug-number-reused",
        about: "a number is kept, and its descriptor closed",
        run: bugs::number_reused::run,
    },
    Scenario {
        name: "fixed-number-reused",
        about: "the same, keeping the descriptor",
        run: bugs::number_reused_fixed::run,
    },
    Scenario {
        name: "bug-accept-spins",
        about: "no descriptor is left for a connection",
        run: bugs::accept_spins::run,
    },
    Scenario {
        name: "fixed-accept-spins",
        about: "the same, trying again later",
        run: bugs::accept_spins_fixed::run,
    },
];

fn main() -> ExitCode {
    trace::main(env!("CARGO_PKG_NAME"), SCENARIOS)
}
