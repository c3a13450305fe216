//! The programs of stage 5: the four steps to a future, and the stories of the stages
//! before as `async fn`s.

mod sleepy;
mod stories;
mod reading;
mod sockets;
mod slow_client;
mod chunked;
mod many;
mod busy;
mod wakers;
mod pinned;
mod blocking;
mod bugs;

use std::process::ExitCode;

use ch05_futures::{Epoll, Poller, Select};
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
        about: "five sleepers of five steps each, as async fn",
        run: sleepy::run,
    },
    Scenario {
        name: "sleepy-by-hand",
        about: "the same with the machine written by hand",
        run: sleepy::run_by_hand,
    },
    Scenario {
        name: "waiter-blocking",
        about: "a waiter who stands and waits for each guest",
        run: stories::waiter_blocking,
    },
    Scenario {
        name: "waiter",
        about: "a waiter who comes back when a guest has decided",
        run: stories::waiter,
    },
    Scenario {
        name: "chess-blocking",
        about: "24 games, one after the other",
        run: stories::chess_blocking,
    },
    Scenario {
        name: "chess",
        about: "24 games side by side, one master",
        run: stories::chess,
    },
    Scenario {
        name: "stubborn",
        about: "one task never suspends",
        run: stories::stubborn,
    },
    Scenario { name: "zero", about: "a sleep of zero", run: stories::zero },
    Scenario {
        name: "ties",
        about: "five ask for the same moment: who goes first?",
        run: stories::ties,
    },
    Scenario { name: "failing", about: "one task fails", run: stories::failing },
    Scenario { name: "panicking", about: "one task panics", run: stories::panicking },
    Scenario {
        name: "reader",
        about: "a reader waits for a pipe while a sleeper keeps its rhythm",
        run: reading::reader,
    },
    Scenario {
        name: "two-readers",
        about: "three sources can be read at once",
        run: reading::two_readers,
    },
    Scenario {
        name: "one-source",
        about: "two readers of one source",
        run: reading::one_source,
    },
    Scenario {
        name: "regular-file",
        about: "a file on a disk",
        run: reading::regular_file,
    },
    Scenario { name: "eof", about: "the writer goes away", run: reading::eof },
    Scenario {
        name: "busy-reader",
        about: "a source that can always be read, and a sleeper",
        run: reading::busy_reader,
    },
    Scenario {
        name: "busy-sleeper",
        about: "a sleeper that is always due, and a reader",
        run: reading::busy_sleeper,
    },
    Scenario {
        name: "echo",
        about: "three clients, two workers: what is said comes back",
        run: sockets::echo,
    },
    Scenario {
        name: "slow-client",
        about: "more than the buffers hold, and nobody listens yet",
        run: slow_client::run,
    },
    Scenario {
        name: "connect-refused",
        about: "nobody listens at the port",
        run: sockets::connect_refused,
    },
    Scenario {
        name: "half-close",
        about: "one side has finished, and still hears",
        run: sockets::half_close,
    },
    Scenario {
        name: "reset",
        about: "one side goes away while an answer is under way",
        run: sockets::reset,
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
        name: "busy-poll",
        about: "a future that can only be asked",
        run: busy::run,
    },
    Scenario { name: "woken", about: "a waker is left, and called", run: wakers::woken },
    Scenario { name: "missed-wake", about: "no waker is left", run: wakers::missed },
    Scenario {
        name: "stale-waker",
        about: "the first waker is kept, and the future handed on",
        run: wakers::stale,
    },
    Scenario {
        name: "renewed-waker",
        about: "the latest waker is kept",
        run: wakers::renewed,
    },
    Scenario {
        name: "moved",
        about: "a machine with an address in itself, moved",
        run: pinned::moved,
    },
    Scenario { name: "pinned", about: "the same, pinned", run: pinned::pinned },
    Scenario {
        name: "nested-block-on",
        about: "a loop for one future inside of another",
        run: blocking::nested,
    },
    Scenario {
        name: "bug-polled-after-end",
        about: "two are awaited, and both are polled to the last",
        run: bugs::polled_after_end::run,
    },
    Scenario {
        name: "fixed-polled-after-end",
        about: "the same, leaving the finished one alone",
        run: bugs::polled_after_end_fixed::run,
    },
    Scenario {
        name: "bug-waker-kept",
        about: "a future is dropped, and its waker stays",
        run: bugs::waker_kept::run,
    },
    Scenario {
        name: "fixed-waker-kept",
        about: "the same, taking the waker along",
        run: bugs::waker_kept_fixed::run,
    },
];

fn main() -> ExitCode {
    trace::main(env!("CARGO_PKG_NAME"), SCENARIOS)
}
