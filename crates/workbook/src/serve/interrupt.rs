//! Ctrl-C, as a message to the loop.
//!
//! Invariant: the first one asks, the second doesn't.

use std::cell::RefCell;
use std::io;
use std::thread;

use ch06_tasks::{Promise, Remote};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

thread_local! {
    /// What a message to this thread's loop sets: a promise can't be sent to others.
    static STOP: RefCell<Option<Promise<()>>> = const { RefCell::new(None) };
}

/// Has `stop` set when the process is interrupted, or asked to end. Signals come at any
/// time, between any two instructions; a thread that waits for them has time to take locks.
pub(crate) fn on_signals(stop: Promise<()>) -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    let interrupt = from_afar(stop);
    let wait = move || {
        let mut signals = signals.forever();
        if signals.next().is_some() {
            interrupt();
        }
        // As shells have it: 128 and the signal's number.
        if let Some(signal) = signals.next() {
            std::process::exit(128 + signal);
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(wait).map(drop)
}

/// A function for another thread, which sets `stop`.
pub(crate) fn from_afar(stop: Promise<()>) -> impl Fn() + Send {
    STOP.set(Some(stop));
    let remote = Remote::new();
    move || remote.call_soon_threadsafe(stop_here)
}

fn stop_here() {
    if let Some(stop) = STOP.take() {
        // Two may ask.
        let _ = stop.set(());
    }
}
