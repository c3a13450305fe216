//! The programs of chapter 9. Each is its own file and its own small story.

mod echo_lines;
mod split;
mod partial;
mod read_exact;
mod long_line;
mod dropped_read;
mod back_pressure;
mod lines;
mod serve;
mod shutdown;
mod scope;
mod hyper;
mod bugs;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use ch06_tasks::{Builder, Runtime};
use ch09_streams::TcpListener;
use trace::{Scenario, Setting};

/// A runtime on the setting's clock, watched by its observer.
fn runtime(setting: &Setting) -> Runtime {
    let builder = Builder::new().clock(&setting.clock).observer(&setting.observer);
    builder.build().expect("a descriptor is left for the runtime")
}

fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// A listener on the loopback, and its address.
fn listen() -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into())?;
    let address = listener.local_addr()?;
    Ok((listener, address))
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
    scenario("echo-lines", "three lines, cut in odd places by the wire", echo_lines::run),
    scenario("split", "one task reads, another writes, one connection", split::run),
    scenario("lines", "a line now and then, and another task meanwhile", lines::run),
    scenario("partial-at-eof", "the stream ends in the middle", partial::run),
    scenario("read-exact", "messages that say how long they are", read_exact::run),
    scenario("long-line", "a peer that never ends its line", long_line::run),
    scenario("dropped-read", "a read is dropped half-way", dropped_read::run),
    scenario(
        "back-pressure",
        "one writes fast, the other reads slowly",
        back_pressure::run,
    ),
    scenario("serve", "three connections, a task for each", serve::run),
    scenario(
        "shutdown-graceful",
        "a server stops: two are quick, one isn't",
        shutdown::run,
    ),
    scenario("scope-exit", "leaving a scope takes a second", scope::run),
    scenario("scope-exit-cancelled", "the same, cancelled inside", scope::run_cancelled),
    scenario("scope-exit-aborted", "the same, aborted inside", scope::run_aborted),
    scenario("hyper", "hyper's server and hyper's client in one loop", hyper::run),
    scenario("bug-short-read", "a read is taken for a message", bugs::short_read::run),
    scenario(
        "fixed-short-read",
        "the same, cut by its ends",
        bugs::short_read_fixed::run,
    ),
    scenario(
        "bug-reader-dropped",
        "a new reader for each part",
        bugs::dropped_reader::run,
    ),
    scenario(
        "fixed-reader-dropped",
        "the same, with what was left",
        bugs::dropped_reader_fixed::run,
    ),
];

fn main() -> ExitCode {
    trace::main(env!("CARGO_PKG_NAME"), SCENARIOS)
}
