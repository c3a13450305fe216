//! What descriptors promise, and every fault that they are made to meet. Real sockets on
//! the loopback, virtual time.

use std::io::Write as _;
use std::net::Shutdown;
use std::os::fd::AsRawFd;
use std::rc::Rc;

use ch06_tasks::{Builder, Interest, TcpStream, catch_cancel, sleep, spawn, yield_now};
use trace::{Clock, Observer, What};

use crate::loops::net::{listen, pair, read_all, read_one, source};
use crate::loops::{Log, ms, runtime};

#[test]
fn a_megabyte_goes_both_ways_at_once_in_pieces() {
    let data: Rc<Vec<u8>> =
        Rc::new((0..1 << 20).map(|n: u32| n.to_le_bytes()[1]).collect());
    runtime().block_on(async {
        let (a, b) = pair().await;
        let tasks = [a, b].map(|stream| {
            let (stream, data) = (Rc::new(stream), data.clone());
            let writer = stream.clone();
            spawn(async move {
                let sent = data.clone();
                let writer = spawn(async move {
                    writer.write_all(&sent).await?;
                    writer.get_ref().shutdown(Shutdown::Write)
                });
                let received = read_all(&stream).await.expect("it arrives");
                writer.await.expect("no panic").expect("it is sent");
                assert!(received == *data, "byte for byte");
            })
        });
        for task in tasks {
            task.await.expect("both arrive");
        }
    });
}

#[test]
fn fifty_tasks_accept_from_one_listener() {
    runtime().block_on(async {
        let (listener, address) = listen();
        let listener = Rc::new(listener);
        let accepts: Vec<_> = (0..50)
            .map(|_| {
                let listener = listener.clone();
                spawn(async move { listener.accept().await.is_ok() })
            })
            .collect();
        yield_now().await;
        let mut clients = Vec::new();
        for _ in 0..50 {
            clients.push(TcpStream::connect(address).await.expect("it listens"));
        }
        for accept in accepts {
            assert!(accept.await.expect("no panic"));
        }
    });
}

#[test]
fn a_reader_and_a_writer_wait_for_the_same_socket() {
    runtime().block_on(async {
        let (a, b) = pair().await;
        let (a, log) = (Rc::new(a), Log::default());
        let writer = a.clone();
        let written = log.clone();
        let writing = spawn(async move {
            writer.write_all(&vec![0; 1 << 24]).await.expect("room in the end");
            written.say("written");
        });
        let reader = a.clone();
        let read = log.clone();
        let reads = spawn(async move {
            reader.read(&mut [0]).await.expect("it arrives");
            read.say("read");
        });
        yield_now().await;
        b.write_all(b"x").await.expect("room");
        let _ = reads.await;
        let mut left = 1 << 24;
        while left > 0 {
            left -= b.read(&mut [0; 1 << 14]).await.expect("it arrives");
        }
        let _ = writing.await;
        assert_eq!(log.lines(), ["read", "written"]);
    });
}

#[test]
fn a_read_that_is_cancelled_loses_nothing_and_watches_nothing() {
    let clock = Clock::virtual_time();
    let observer = Observer::recording(clock.clone());
    let runtime = Builder::new().clock(&clock).observer(&observer).build();
    runtime.expect("descriptors").block_on(async {
        let (source, mut peer) = source();
        let task = spawn(async move {
            let read = source.async_io(Interest::READABLE, read_one);
            assert!(catch_cancel(read).await.is_err());
            sleep(ms(1)).await;
            source.async_io(Interest::READABLE, read_one).await.expect("input")
        });
        yield_now().await;
        peer.write_all(b"x").expect("room");
        task.cancel();
        assert_eq!(task.await.expect("no panic"), b'x');
    });
    let watched = observer.events().into_iter().filter_map(|event| match event.what {
        What::Waiting { descriptors, .. } => Some(descriptors),
        _ => None,
    });
    assert_eq!(watched.collect::<Vec<_>>(), [0]);
}

#[test]
fn a_source_outlives_its_runtime() {
    let runtime = runtime();
    let (source, _peer) = runtime.enter(source);
    drop(runtime);
    assert!(source.get_ref().as_raw_fd() > 0);
    drop(source);
}

#[test]
fn idle_connections_wake_nobody() {
    let clock = Clock::virtual_time();
    let observer = Observer::recording(clock.clone());
    let runtime = Builder::new().clock(&clock).observer(&observer).build();
    runtime.expect("descriptors").block_on(async {
        let mut pairs = Vec::new();
        for _ in 0..100 {
            pairs.push(pair().await);
        }
        let before = observer.events().len();
        let start = ch06_tasks::now();
        sleep(ms(1000)).await;
        assert_eq!(ch06_tasks::now().saturating_sub(start), ms(1000));
        assert_eq!(
            observer.events().len() - before,
            5,
            "suspended, waits, woke, woken, resumed"
        );
    });
}
