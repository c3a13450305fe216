//! Both pollers, the same traces; and what a poller promises, asked of both.

use std::io::Write as _;
use std::os::unix::net::UnixStream;
use std::process::Command;
use std::rc::Rc;
use std::time::Duration;

use ch05_futures::{Epoll, Interest, Poller, Select, Source, timeval};
use nix::sys::time::{TimeVal, TimeValLike as _};

/// The trace of a scenario under one poller.
fn trace(scenario: &str, poller: &str) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ch05-futures"));
    let output = program.arg(scenario).env("UNROLLED_POLLER", poller).output();
    String::from_utf8(output.expect("the program was built").stdout).expect("UTF-8")
}

/// What depends on how much the system's buffers hold, whichever poller waits.
const PRINTS_ONLY: [&str; 2] = ["slow-client", "many"];

#[test]
fn every_scenario_has_the_same_trace_on_both() {
    let list = trace("--list", "epoll");
    let names = list.lines().filter_map(|line| line.split('\t').next());
    for scenario in names.filter(|name| !PRINTS_ONLY.contains(name)) {
        let select = trace(scenario, "select");
        assert!(!select.is_empty(), "{scenario}");
        assert_eq!(select, trace(scenario, "epoll"), "{scenario}");
    }
}

/// Asks each poller the same.
fn both(ask: impl Fn(&mut dyn Poller)) {
    ask(&mut Select::default());
    ask(&mut Epoll::new().expect("descriptors to spare"));
}

fn pair() -> (Source, UnixStream) {
    let (ours, theirs) = UnixStream::pair().expect("descriptors to spare");
    (Source::new("ours", Rc::new(ours)), theirs)
}

const NOW: Option<Duration> = Some(Duration::ZERO);

fn found(poller: &mut dyn Poller) -> Vec<Interest> {
    let ready = poller.wait(NOW).expect("it can look");
    ready.into_iter().map(|(_, interest)| interest).collect()
}

#[test]
fn nothing_watched_is_nothing_found() {
    both(|poller| assert_eq!(found(poller), []));
}

#[test]
fn what_is_ready_is_told_again_until_something_is_done_about_it() {
    both(|poller| {
        let (ours, mut theirs) = pair();
        theirs.write_all(b"x").expect("a socket holds a byte");
        poller.watch(&ours, Interest::READABLE).expect("it can be watched");
        assert_eq!(found(poller), [Interest::READABLE]);
        assert_eq!(found(poller), [Interest::READABLE]);
    });
}

#[test]
fn only_what_is_asked_for_is_told() {
    both(|poller| {
        let (ours, mut theirs) = pair();
        theirs.write_all(b"x").expect("a socket holds a byte");
        poller.watch(&ours, Interest::WRITABLE).expect("it can be watched");
        assert_eq!(found(poller), [Interest::WRITABLE]);
        let either = Interest { readable: true, writable: true };
        poller.watch(&ours, either).expect("it can be watched");
        assert_eq!(found(poller), [either]);
    });
}

#[test]
fn what_nobody_is_interested_in_is_forgotten() {
    both(|poller| {
        let (ours, mut theirs) = pair();
        theirs.write_all(b"x").expect("a socket holds a byte");
        poller.watch(&ours, Interest::READABLE).expect("it can be watched");
        poller.watch(&ours, Interest::default()).expect("it can be forgotten");
        assert_eq!(found(poller), []);
        poller.watch(&ours, Interest::default()).expect("twice is fine");
    });
}

#[test]
fn the_end_of_the_other_side_is_something_to_read() {
    both(|poller| {
        let (ours, theirs) = pair();
        drop(theirs);
        poller.watch(&ours, Interest::READABLE).expect("it can be watched");
        assert!(found(poller)[0].readable);
    });
}

#[test]
fn a_regular_file_is_always_ready_for_whoever_asks() {
    both(|poller| {
        let file = std::fs::File::open("Cargo.toml").expect("it stands here");
        let file = Source::new("file", Rc::new(file));
        let (ours, mut theirs) = pair();
        theirs.write_all(b"x").expect("a socket holds a byte");
        poller.watch(&file, Interest::READABLE).expect("it can be watched");
        assert_eq!(poller.wait(None).expect("it can look").len(), 1, "nobody waits");
        poller.watch(&ours, Interest::READABLE).expect("it can be watched");
        assert_eq!(found(poller), [Interest::READABLE; 2]);
        poller.watch(&file, Interest::default()).expect("it can be forgotten");
        assert_eq!(found(poller), [Interest::READABLE]);
    });
}

#[test]
fn the_longest_timeout_there_is_is_none_too_long() {
    both(|poller| {
        let (ours, mut theirs) = pair();
        theirs.write_all(b"x").expect("a socket holds a byte");
        poller.watch(&ours, Interest::READABLE).expect("it can be watched");
        assert_eq!(poller.wait(Some(Duration::MAX)).expect("it can look").len(), 1);
    });
}

#[test]
fn a_timeout_is_rounded_up_so_that_none_is_cut_to_nothing() {
    let microseconds = |nanoseconds| timeval(Duration::from_nanos(nanoseconds));
    assert_eq!(microseconds(0), TimeVal::microseconds(0));
    assert_eq!(microseconds(1), TimeVal::microseconds(1));
    assert_eq!(microseconds(1_000), TimeVal::microseconds(1));
    assert_eq!(microseconds(1_001), TimeVal::microseconds(2));
    assert_eq!(timeval(Duration::MAX), TimeVal::seconds(24 * 60 * 60));
}
