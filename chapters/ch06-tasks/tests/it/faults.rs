//! Every fault that descriptors are made to meet. Real sockets on the loopback, virtual
//! time.

use std::cell::Cell;
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::net::Shutdown;
use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::net::UnixStream;
use std::os::unix::thread::JoinHandleExt as _;
use std::process::Command;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use ch06_tasks::{Interest, Runtime, Source, TcpStream, sleep, spawn, yield_now};
use nix::sys::pthread::pthread_kill;
use nix::sys::signal::Signal::SIGUSR1;

use crate::loops::net::{listen, pair, read_all, read_one, source};
use crate::loops::{Log, ms, runtime};

#[test]
fn a_refused_connection_is_an_error_of_connect() {
    runtime().block_on(async {
        let (listener, address) = listen();
        drop(listener);
        let error = TcpStream::connect(address).await.err().expect("nobody listens");
        assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
    });
}

#[test]
fn after_the_peers_end_of_file_there_is_still_its_data_and_our_own_half() {
    runtime().block_on(async {
        let (a, b) = pair().await;
        a.write_all(b"last words").await.expect("room");
        a.get_ref().shutdown(Shutdown::Write).expect("it is connected");
        yield_now().await;
        assert_eq!(read_all(&b).await.expect("it arrives"), b"last words");
        b.write_all(b"an answer").await.expect("room");
        drop(b);
        assert_eq!(read_all(&a).await.expect("it arrives"), b"an answer");
    });
}

#[test]
fn a_reset_wakes_the_reader_with_an_error() {
    runtime().block_on(async {
        let (a, b) = pair().await;
        let reader = spawn(async move { a.read(&mut [0]).await });
        yield_now().await;
        // Closed with something unread: that is a reset.
        let task = spawn(async move {
            sleep(ms(1)).await;
            drop(b);
        });
        let _ = task.await;
        assert_eq!(reader.await.expect("no panic").expect("an end of file"), 0);
        let (a, b) = pair().await;
        a.write_all(b"unread").await.expect("room");
        let reader = spawn(async move { a.read(&mut [0]).await });
        yield_now().await;
        drop(b);
        let error = reader.await.expect("no panic").expect_err("it was reset");
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    });
}

#[test]
fn readiness_without_data_and_interruptions_are_tried_again() {
    runtime().block_on(async {
        let (source, mut peer) = source();
        peer.write_all(b"x").expect("room");
        let mut faults =
            vec![ErrorKind::WouldBlock, ErrorKind::Interrupted, ErrorKind::WouldBlock];
        let read = |socket: &UnixStream| match faults.pop() {
            Some(kind) => Err(kind.into()),
            None => read_one(socket),
        };
        assert_eq!(source.async_io(Interest::READABLE, read).await.expect("input"), b'x');
    });
}

#[test]
fn news_of_a_closed_socket_does_not_reach_its_successor_on_the_same_descriptor() {
    // Other tests take descriptors too: sooner or later the number is used again.
    let tried = (0..1_000).map(|_| runtime().block_on(close_and_open_again()));
    assert!(tried.into_iter().any(|was_the_same| was_the_same));
}

async fn close_and_open_again() -> bool {
    let (first, mut peer) = source();
    let fd = first.get_ref().as_raw_fd();
    let called = Rc::new(Cell::new(false));
    let call = called.clone();
    let watch = first.call_when_ready(Interest::READABLE, move || call.set(true));
    peer.write_all(b"x").expect("room");
    drop(first);
    let (second, _peer) = source();
    let is_same = second.get_ref().as_raw_fd() == fd;
    let call = called.clone();
    let other = second.call_when_ready(Interest::READABLE, move || call.set(true));
    drop(watch);
    yield_now().await;
    yield_now().await;
    assert!(!called.get());
    drop(other);
    is_same
}

/// A descriptor that isn't its own, or isn't open.
struct Raw(RawFd);

impl AsRawFd for Raw {
    fn as_raw_fd(&self) -> RawFd {
        self.0
    }
}

#[test]
fn what_can_not_be_watched_is_an_error_of_the_one_who_asked() {
    runtime().block_on(async {
        let (good, mut peer) = source();
        let good =
            spawn(async move { good.async_io(Interest::READABLE, read_one).await });
        let bad = spawn(async {
            Source::new("bad", Raw(999_999)).ready(Interest::READABLE).await
        });
        assert!(bad.await.expect("no panic").is_err());
        peer.write_all(b"x").expect("room");
        assert_eq!(good.await.expect("no panic").expect("input"), b'x');
    });
}

#[test]
fn a_regular_file_is_always_ready_and_to_wait_for_it_gives_way() {
    runtime().block_on(async {
        let log = Log::default();
        let other = spawn(log.line("other"));
        let file = Source::new("file", File::open("Cargo.toml").expect("a file"));
        file.ready(Interest::READABLE).await.expect("always");
        assert_eq!(log.lines(), ["other"]);
        let watch = file.call_when_ready(Interest::READABLE, || ());
        assert_eq!(watch.err().map(|e| e.kind()), Some(ErrorKind::PermissionDenied));
        let _ = other.await;
    });
}

#[test]
fn one_descriptor_in_two_sources_is_refused_to_the_second() {
    runtime().block_on(async {
        let (first, _peer) = source();
        let second = Source::new("same", Raw(first.get_ref().as_raw_fd()));
        let watch = first.call_when_ready(Interest::READABLE, || ()).expect("the first");
        let error = second.ready(Interest::READABLE).await.expect_err("the second");
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        drop(watch);
        drop(second);
    });
}

#[test]
fn a_descriptor_that_is_closed_behind_our_back_harms_nobody_else() {
    runtime().block_on(async {
        let (ours, _peer) = UnixStream::pair().expect("a pair");
        let bad = Source::new("bad", Raw(ours.as_raw_fd()));
        let watch =
            bad.call_when_ready(Interest::READABLE, || unreachable!("it is gone"));
        let (good, mut peer) = source();
        let good =
            spawn(async move { good.async_io(Interest::READABLE, read_one).await });
        yield_now().await;
        drop(ours);
        peer.write_all(b"x").expect("room");
        assert_eq!(good.await.expect("no panic").expect("input"), b'x');
        drop(watch);
        drop(bad);
        assert_eq!(spawn(async { 1 }).await.expect("the loop goes on"), 1);
    });
}

#[test]
fn a_task_that_panics_in_the_line_takes_nothing_from_the_next() {
    runtime().block_on(async {
        let (source, mut peer) = source();
        let source = Rc::new(source);
        let theirs = source.clone();
        let bad = spawn(async move {
            theirs.ready(Interest::READABLE).await.expect("a socket");
            panic!("before it reads");
        });
        let good =
            spawn(async move { source.async_io(Interest::READABLE, read_one).await });
        yield_now().await;
        peer.write_all(b"x").expect("room");
        assert_eq!(good.await.expect("no panic").expect("input"), b'x');
        assert!(bad.await.is_err_and(|error| error.is_panic()));
    });
}

#[test]
fn a_signal_ends_a_wait_and_nothing_else() {
    let pending = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(SIGUSR1 as i32, pending.clone())
        .expect("a signal of ours");
    let (ours, mut peer) = UnixStream::pair().expect("a pair");
    ours.set_nonblocking(true).expect("a socket");
    let reader = thread::spawn(move || {
        Runtime::new().expect("descriptors").block_on(async {
            let source = Source::new("socket", ours);
            source.async_io(Interest::READABLE, read_one).await
        })
    });
    for _ in 0..50 {
        pthread_kill(reader.as_pthread_t(), SIGUSR1).expect("it waits for the byte");
        thread::yield_now();
    }
    peer.write_all(b"x").expect("room");
    assert_eq!(reader.join().expect("the loop survives").expect("input"), b'x');
    assert!(pending.load(Ordering::SeqCst), "a signal arrived");
}

/// Set in the process that this test starts: one with few descriptors.
const CHILD: &str = "CH06_FEW_DESCRIPTORS";

#[test]
fn out_of_descriptors_accept_rests_and_serves_when_some_return() {
    if std::env::var_os(CHILD).is_none() {
        let this = std::env::current_exe().expect("a test is a program");
        let name = "faults::out_of_descriptors_accept_rests_and_serves_when_some_return";
        let run = "ulimit -n 40 && exec \"$0\" --exact \"$1\" --test-threads 1";
        let mut child = Command::new("sh");
        child.args(["-c", run]).arg(this).arg(name).env(CHILD, "1");
        let output = child.output().expect("there is a shell");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        return;
    }
    runtime().block_on(async {
        let (listener, address) = listen();
        let mut client = TcpStream::connect(address).await.expect("it listens");
        let mut held: Vec<File> = Vec::new();
        while let Ok(file) = File::open("/dev/null") {
            held.push(file);
        }
        let release = spawn(async move {
            sleep(ms(1050)).await;
            drop(held);
        });
        let (served, _) = listener.accept().await.expect("in the end");
        assert_eq!(ch06_tasks::now(), ms(1100), "it asked every 100 ms, no more");
        let _ = release.await;
        served.write_all(b"served").await.expect("room");
        let mut buffer = [0; 6];
        assert_eq!(client.read(&mut buffer).await.expect("it arrives"), 6);
        client = TcpStream::connect(address).await.expect("it still listens");
        drop(client);
    });
}
