//! A server: a task for each connection, an end in three steps, and nothing left over.

use std::cell::Cell;
use std::fs::File;
use std::io;
use std::net::SocketAddr;
use std::process::Command;
use std::time::Duration;

use ch06_tasks::{all_tasks, catch_cancel, now, sleep, spawn, yield_now};
use ch09_streams::{BufReader, Served, Server, TcpListener, TcpStream, serve, write_all};

use crate::{Log, last_wait, listen, ms, observed, runtime, settle};

/// A server whose connections take as many milliseconds as they are told.
fn sleepers() -> (Server, SocketAddr) {
    let (listener, address) = listen();
    (sleepers_at(listener), address)
}

fn sleepers_at(listener: TcpListener) -> Server {
    serve(listener, |stream, _| async move {
        let (read, mut write) = stream.into_split();
        let line = BufReader::new(read).next_line().await.ok().flatten();
        let time = line.and_then(|line| line.parse().ok());
        sleep(ms(time.unwrap_or(0))).await;
        let _ = write_all(&mut write, b"done\n").await;
    })
}

/// What a connection says that is to take `time`. None: it ended without a word.
async fn asked(address: SocketAddr, time: u64) -> io::Result<Option<String>> {
    let (read, mut write) = TcpStream::connect(address).await?.into_split();
    write_all(&mut write, format!("{time}\n").as_bytes()).await?;
    Ok(BufReader::new(read).next_line().await?)
}

#[test]
fn who_is_quick_finishes_who_is_slow_is_cancelled_at_the_deadline() {
    runtime().block_on(async {
        let (server, address) = sleepers();
        let quick = spawn(asked(address, 50));
        let slow = spawn(asked(address, 5_000));
        settle().await;
        sleep(ms(1)).await;
        let end = server.shutdown(ms(100)).await;
        assert_eq!(end, Served { finished: 1, cancelled: 1 });
        assert_eq!(now(), ms(101), "no longer than it must");
        let quick = quick.await.expect("no panic").expect("no failure");
        assert_eq!(quick.as_deref(), Some("done"));
        assert!(slow.await.expect("no panic").expect("no failure").is_none());
    });
}

#[test]
fn it_stops_as_soon_as_the_last_has_finished_and_leaves_no_timer() {
    let (runtime, observer) = observed();
    runtime.block_on(async {
        let (server, address) = sleepers();
        let client = spawn(asked(address, 50));
        settle().await;
        sleep(ms(1)).await;
        server.shutdown(Duration::from_hours(1)).await;
        assert!(now() < ms(60), "{:?}", now());
        client.await.expect("no panic").expect("no failure");
        sleep(ms(1)).await;
    });
    assert_eq!(last_wait(&observer), Some((0, 1)), "that last sleep alone");
}

#[test]
fn no_patience_cancels_all_and_no_connections_take_no_time() {
    runtime().block_on(async {
        let (server, address) = sleepers();
        let clients: Vec<_> = (0..3).map(|_| spawn(asked(address, 1))).collect();
        settle().await;
        while server.connections() < 3 {
            yield_now().await;
        }
        let start = now();
        let end = server.shutdown(Duration::ZERO).await;
        assert_eq!(end, Served { finished: 0, cancelled: 3 });
        assert_eq!(now(), start);
        for client in clients {
            client.await.expect("no panic").expect("an end, no reset");
        }
        let (server, _) = sleepers();
        assert_eq!(server.shutdown(ms(50)).await, Served::default());
        assert_eq!(now(), start);
    });
}

#[test]
fn from_the_first_moment_of_a_shutdown_nobody_else_is_let_in() {
    runtime().block_on(async {
        let (server, address) = sleepers();
        let first = spawn(asked(address, 50));
        sleep(ms(1)).await;
        let stopped = spawn(server.shutdown(ms(100)));
        settle().await;
        let error = asked(address, 0).await.expect_err("it is closed");
        assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
        stopped.await.expect("no panic");
        assert!(first.await.expect("no panic").is_ok());
    });
}

#[test]
fn a_connection_that_cleans_up_after_its_cancel_is_waited_for() {
    runtime().block_on(async {
        let (listener, address) = listen();
        let log = Log::default();
        let said = log.clone();
        let server = serve(listener, move |stream, _| {
            let said = said.clone();
            async move {
                let mut reader = BufReader::new(stream);
                assert!(catch_cancel(reader.read_line()).await.is_err());
                sleep(ms(10)).await;
                said.say("cleaned up");
            }
        });
        let _client = TcpStream::connect(address).await.expect("it listens");
        sleep(ms(1)).await;
        assert_eq!(server.shutdown(ms(0)).await.cancelled, 1);
        assert_eq!(log.lines(), ["cleaned up"]);
    });
}

#[test]
fn a_panic_ends_its_connection_and_no_other() {
    runtime().block_on(async {
        let (listener, address) = listen();
        let server = serve(listener, |stream, _| async move {
            let (read, mut write) = stream.into_split();
            let line = BufReader::new(read).next_line().await;
            assert_eq!(line.ok().flatten().as_deref(), Some("0"), "on purpose");
            let _ = write_all(&mut write, b"done\n").await;
        });
        let bad = spawn(asked(address, 1));
        assert!(bad.await.expect("no panic here").expect("an end").is_none());
        let good = asked(address, 0).await.expect("no failure");
        assert_eq!(good.as_deref(), Some("done"));
        settle().await;
        assert_eq!(server.connections(), 0);
    });
}

#[test]
fn a_handler_that_panics_when_it_is_called_ends_its_connection_and_no_other() {
    runtime().block_on(async {
        let (listener, address) = listen();
        let calls = Cell::new(0);
        let server = serve(listener, move |stream, _| {
            calls.set(calls.get() + 1);
            assert!(calls.get() > 1, "on purpose");
            async move {
                let _ = write_all(&mut stream.into_split().1, b"done\n").await;
            }
        });
        let bad = asked(address, 0).await;
        assert!(!matches!(bad, Ok(Some(_))));
        let (read, _write) =
            TcpStream::connect(address).await.expect("it listens").into_split();
        let good = BufReader::new(read).next_line().await.expect("no failure");
        assert_eq!(good.as_deref(), Some("done"));
        drop(server);
    });
}

/// How many descriptors this process has open.
#[cfg(target_os = "linux")]
fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").expect("Linux").count()
}

/// Set in the process that a test starts for itself alone.
const CHILD: &str = "CH09_CHILD";

/// Runs the test `name` again, in a process of its own with so many descriptors.
fn alone(name: &str, limit: u32) -> bool {
    if std::env::var_os(CHILD).is_some() {
        return true;
    }
    let this = std::env::current_exe().expect("a test is a program");
    let run = format!("ulimit -n {limit} && exec \"$0\" --exact \"$1\" --test-threads 1");
    let mut child = Command::new("sh");
    child.args(["-c", &run]).arg(this).arg(name).env(CHILD, "1");
    let output = child.output().expect("there is a shell");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    false
}

#[cfg(target_os = "linux")]
#[test]
fn after_a_thousand_connections_nothing_is_open_or_watched_that_was_not_before() {
    let name = "servers::after_a_thousand_connections_nothing_is_open_or_watched_that_was_not_before";
    if !alone(name, 1024) {
        return;
    }
    let (runtime, observer) = observed();
    runtime.block_on(async {
        let (server, address) = sleepers();
        settle().await;
        let before = descriptors();
        for round in 0..20 {
            let clients: Vec<_> = (0..50).map(|n| spawn(asked(address, n))).collect();
            if round % 2 == 0 {
                // Half of them go in the middle.
                sleep(ms(25)).await;
                clients.iter().step_by(2).for_each(|client| client.abort());
            }
            for client in clients {
                let _ = client.await;
            }
        }
        sleep(ms(1_000)).await;
        assert_eq!(server.connections(), 0);
        assert_eq!(descriptors(), before);
        assert_eq!(all_tasks().len(), 2, "the test and the server");
        sleep(ms(1)).await;
    });
    assert_eq!(last_wait(&observer), Some((1, 1)), "the listener, and one sleep");
}

#[test]
fn out_of_descriptors_it_rests_and_serves_when_some_return() {
    if !alone("servers::out_of_descriptors_it_rests_and_serves_when_some_return", 40) {
        return;
    }
    runtime().block_on(async {
        let (listener, address) = listen();
        let (read, mut write) =
            TcpStream::connect(address).await.expect("it listens").into_split();
        let mut held = Vec::new();
        while let Ok(file) = File::open("/dev/null") {
            held.push(file);
        }
        let server = sleepers_at(listener);
        let release = spawn(async move {
            sleep(ms(250)).await;
            drop(held);
        });
        write_all(&mut write, b"0\n").await.expect("room");
        let line = BufReader::new(read).next_line().await.expect("no failure");
        assert_eq!(line.as_deref(), Some("done"));
        assert_eq!(now(), ms(300), "it asked every 100 ms, no more");
        release.await.expect("no panic");
        assert!(asked(address, 0).await.is_ok(), "it still listens");
        server.shutdown(ms(0)).await;
    });
}
