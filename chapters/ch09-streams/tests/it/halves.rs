//! A connection in two halves, in two tasks, dropped in every order; and its faults.

use std::io::ErrorKind;

use ch06_tasks::{catch_cancel, sleep, spawn};
use ch09_streams::{BufReader, TcpStream, write_all};

use crate::{Log, last_wait, listen, ms, observed, pair, runtime, settle};

#[test]
fn one_half_waits_to_read_and_the_other_to_write_at_the_same_time() {
    runtime().block_on(async {
        let (here, there) = pair().await;
        let (read, mut write) = here.into_split();
        let log = Log::default();
        let (said, also) = (log.clone(), log.clone());
        let reading = spawn(async move {
            BufReader::new(read).read_exact(1).await.expect("it comes");
            said.say("read");
        });
        let writing = spawn(async move {
            write_all(&mut write, &vec![0; 1 << 24]).await.expect("room in the end");
            also.say("written");
        });
        settle().await;
        assert!(log.lines().is_empty());
        let (read, mut write) = there.into_split();
        write_all(&mut write, b"x").await.expect("room");
        reading.await.expect("it ends");
        assert_eq!(log.lines(), ["read"], "the other still waits for room");
        BufReader::new(read).read_exact(1 << 24).await.expect("all of it");
        writing.await.expect("it ends");
    });
}

#[test]
fn a_dropped_write_half_is_the_end_for_the_peer_and_the_read_half_goes_on() {
    runtime().block_on(async {
        let (here, there) = pair().await;
        let (read, write) = here.into_split();
        drop(write);
        let (theirs, mut answer) = there.into_split();
        assert!(BufReader::new(theirs).next_line().await.expect("no failure").is_none());
        write_all(&mut answer, b"still heard\n").await.expect("room");
        let line = BufReader::new(read).next_line().await.expect("no failure");
        assert_eq!(line.as_deref(), Some("still heard"));
    });
}

#[test]
fn a_dropped_read_half_leaves_the_write_half_whole() {
    runtime().block_on(async {
        let (here, there) = pair().await;
        let (read, mut write) = here.into_split();
        drop(read);
        write_all(&mut write, b"still said\n").await.expect("room");
        let line = BufReader::new(there).next_line().await.expect("no failure");
        assert_eq!(line.as_deref(), Some("still said"));
    });
}

#[test]
fn after_the_peers_end_there_is_room_for_an_answer_until_the_peer_is_gone() {
    runtime().block_on(async {
        let (here, there) = pair().await;
        let (mut read, write) = here.into_split();
        drop(write);
        let (theirs, mut answer) = there.into_split();
        let mut theirs = BufReader::new(theirs);
        assert!(theirs.next_line().await.expect("no failure").is_none());
        write_all(&mut answer, b"x").await.expect("the peer still reads");
        let mut reader = BufReader::new(read);
        assert_eq!(reader.read_exact(1).await.expect("it comes"), b"x");
        (read, _) = reader.into_parts();
        drop(read);
        // The first write after it is answered by a reset, the next one meets that.
        let mut error = None;
        for _ in 0..3 {
            error = error.or(write_all(&mut answer, b"y").await.err());
            sleep(ms(10)).await;
        }
        let kind = error.expect("nobody reads").kind();
        assert!(matches!(kind, ErrorKind::BrokenPipe | ErrorKind::ConnectionReset));
    });
}

#[test]
fn a_reset_in_the_middle_of_a_line_is_an_error_and_not_an_end() {
    runtime().block_on(async {
        let (here, mut there) = pair().await;
        let (read, mut write) = here.into_split();
        write_all(&mut write, b"never read").await.expect("room");
        let reading = spawn(async move {
            let mut reader = BufReader::new(read);
            let result = reader.read_line().await;
            (result.map_err(std::io::Error::from), reader.buffer().to_vec())
        });
        write_all(&mut there, b"half a li").await.expect("room");
        sleep(ms(10)).await;
        // Closed with something unread: that is a reset.
        drop(there);
        let (result, kept) = reading.await.expect("no panic");
        assert_eq!(result.expect_err("a reset").kind(), ErrorKind::ConnectionReset);
        assert_eq!(kept, b"half a li");
    });
}

#[test]
fn a_cancelled_read_of_a_socket_loses_nothing() {
    runtime().block_on(async {
        let (here, mut there) = pair().await;
        let reading = spawn(async move {
            let mut reader = BufReader::new(here);
            assert!(catch_cancel(reader.read_line()).await.is_err());
            sleep(ms(10)).await;
            reader.read_line().await.expect("no failure")
        });
        write_all(&mut there, b"half a line, ").await.expect("room");
        sleep(ms(10)).await;
        reading.cancel();
        write_all(&mut there, b"and the rest\n").await.expect("room");
        let line = reading.await.expect("no panic");
        assert_eq!(line.as_deref(), Some("half a line, and the rest\n"));
    });
}

#[test]
fn a_dropped_stream_is_watched_no_more() {
    let (runtime, observer) = observed();
    runtime.block_on(async {
        let (here, _there) = pair().await;
        let reading = spawn(async move {
            let _ = BufReader::new(here).read_line().await;
        });
        settle().await;
        reading.abort();
        settle().await;
        sleep(ms(1)).await;
    });
    assert_eq!(last_wait(&observer), Some((0, 1)));
}

#[test]
fn a_refused_connection_is_an_error_of_connect() {
    runtime().block_on(async {
        let (listener, address) = listen();
        drop(listener);
        let error = TcpStream::connect(address).await.expect_err("nobody listens");
        assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
    });
}
