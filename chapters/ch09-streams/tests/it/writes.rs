//! Writing: in order, to the end, and no faster than it is read.

use std::io::ErrorKind;

use ch06_tasks::{all_tasks, catch_cancel, sleep, spawn, yield_now};
use ch09_streams::{BufReader, DuplexStream, StreamWriter, duplex, write_all};

use crate::{Log, ms, pair, runtime, settle};

async fn read_all(stream: DuplexStream) -> Vec<u8> {
    let mut reader = BufReader::new(stream);
    let (mut all, mut buffer) = (Vec::new(), [0; 3]);
    loop {
        match reader.read(&mut buffer).await.expect("memory doesn't fail") {
            0 => return all,
            count => all.extend_from_slice(&buffer[..count]),
        }
    }
}

#[test]
fn what_there_is_room_for_is_sent_in_the_call_and_no_task_is_made() {
    runtime().block_on(async {
        let (ours, _theirs) = duplex(4);
        let mut writer = StreamWriter::new(ours);
        writer.write(b"four").expect("room");
        assert_eq!((writer.buffered(), all_tasks().len()), (0, 1));
        writer.write(b"more").expect("it is kept");
        assert_eq!((writer.buffered(), all_tasks().len()), (4, 2));
    });
}

#[test]
fn writes_arrive_in_order_whatever_waits_and_whatever_is_read_between() {
    runtime().block_on(async {
        for capacity in 1..=9 {
            let (ours, theirs) = duplex(capacity);
            let mut writer = StreamWriter::with_marks(0, 5, ours);
            let reader = spawn(read_all(theirs));
            let mut expected: Vec<u8> = Vec::new();
            for n in 0..50_u8 {
                let bytes = vec![n; usize::from(n % 7)];
                expected.extend(&bytes);
                writer.write(&bytes).expect("it reads");
                match n % 3 {
                    0 => writer.drain().await.expect("it reads"),
                    1 => yield_now().await,
                    _ => {}
                }
            }
            writer.finish().await.expect("it reads");
            assert_eq!(reader.await.expect("it ends"), expected);
        }
    });
}

#[test]
fn drain_waits_above_the_high_mark_until_the_low_one_and_else_not_at_all() {
    runtime().block_on(async {
        let (ours, mut theirs) = duplex(1);
        let mut writer = StreamWriter::with_marks(2, 4, ours);
        writer.write(b"12345").expect("room");
        let log = Log::default();
        writer.drain().await.expect("four are not above four");
        writer.write(b"6").expect("room");
        let lines = log.clone();
        let drained = spawn(async move {
            writer.drain().await.expect("it is read");
            lines.say(&format!("goes on at {}", writer.buffered()));
            writer
        });
        for left in [4, 3, 2] {
            settle().await;
            log.say(&format!("one is read, {left} are left"));
            let (byte, rest) = read_one(theirs).await;
            theirs = rest;
            assert!(byte.is_ascii_digit());
        }
        drop(drained.await.expect("it ends"));
        let three = ["one is read, 4 are left", "one is read, 3 are left"];
        let rest = ["one is read, 2 are left", "goes on at 2"];
        assert_eq!(log.lines(), [three, rest].concat());
    });
}

/// One byte, and no more of the stream than that.
async fn read_one(mut stream: DuplexStream) -> (u8, DuplexStream) {
    let mut buffer = [0];
    let read = std::future::poll_fn(|cx| {
        futures_io::AsyncRead::poll_read(std::pin::Pin::new(&mut stream), cx, &mut buffer)
    });
    assert_eq!(read.await.expect("memory doesn't fail"), 1);
    (buffer[0], stream)
}

#[test]
fn a_drain_that_is_cancelled_waits_again_when_called_again() {
    runtime().block_on(async {
        let (ours, theirs) = duplex(1);
        let log = Log::default();
        let said = log.clone();
        let task = spawn(async move {
            let mut writer = StreamWriter::with_marks(0, 2, ours);
            writer.write(b"12345").expect("room");
            assert!(catch_cancel(writer.drain()).await.is_err());
            said.say(&format!("cancelled at {}", writer.buffered()));
            writer.drain().await.expect("it is read");
            said.say(&format!("drained at {}", writer.buffered()));
        });
        settle().await;
        task.cancel();
        settle().await;
        assert_eq!(log.lines(), ["cancelled at 4"]);
        assert_eq!(read_all(theirs).await, b"12345");
        task.await.expect("it ends");
        assert_eq!(log.lines()[1], "drained at 0");
    });
}

#[test]
fn finish_from_above_the_high_mark_sends_all_of_it() {
    runtime().block_on(async {
        let (ours, theirs) = duplex(1);
        let mut writer = StreamWriter::with_marks(3, 4, ours);
        writer.write(b"more than four").expect("room");
        let reader = spawn(read_all(theirs));
        writer.finish().await.expect("it reads");
        assert_eq!(reader.await.expect("it ends"), b"more than four");
    });
}

#[test]
fn dropped_it_still_sends_what_it_has_and_then_closes() {
    runtime().block_on(async {
        let (ours, theirs) = duplex(2);
        let mut writer = StreamWriter::new(ours);
        writer.write(b"a long farewell").expect("room");
        drop(writer);
        assert_eq!(read_all(theirs).await, b"a long farewell");
    });
}

#[test]
fn when_the_reader_goes_who_waits_hears_of_it_and_so_does_every_later_write() {
    runtime().block_on(async {
        let (ours, theirs) = duplex(1);
        let mut writer = StreamWriter::with_marks(0, 2, ours);
        writer.write(b"12345").expect("room");
        let task = spawn(async move {
            sleep(ms(1)).await;
            drop(theirs);
        });
        assert_eq!(
            writer.drain().await.map_err(|e| e.kind()),
            Err(ErrorKind::BrokenPipe)
        );
        for _ in 0..2 {
            let error = writer.write(b"6").expect_err("nobody reads");
            assert_eq!(error.kind(), ErrorKind::BrokenPipe);
        }
        assert!(writer.finish().await.is_err());
        task.await.expect("it ends");
    });
}

#[test]
fn when_its_task_is_stopped_who_waits_is_told() {
    runtime().block_on(async {
        let (ours, _theirs) = duplex(1);
        let mut writer = StreamWriter::with_marks(0, 2, ours);
        writer.write(b"12345").expect("room");
        let sender = all_tasks().pop().expect("it sends");
        let task = spawn(async move { writer.drain().await });
        settle().await;
        sender.abort();
        assert!(task.await.expect("no panic").is_err());
    });
}

#[test]
fn megabytes_through_a_socket_arrive_whole_while_drain_holds_the_writer_up() {
    runtime().block_on(async {
        let (here, there) = pair().await;
        let (_read, write) = here.into_split();
        let mut writer = StreamWriter::new(write);
        let chunk: Vec<u8> = (0..=255).cycle().take(40_000).collect();
        let reader = spawn(async move {
            let mut reader = BufReader::new(there);
            reader.read_exact(40_000 * 100).await.expect("all of it")
        });
        let mut most = 0;
        for _ in 0..100 {
            writer.write(&chunk).expect("it reads");
            most = most.max(writer.buffered());
            writer.drain().await.expect("it reads");
        }
        writer.finish().await.expect("it reads");
        assert!(most <= 64 * 1024 + 40_000, "{most}");
        assert!(reader.await.expect("it ends") == chunk.repeat(100));
    });
}

#[test]
fn write_all_tells_when_the_reader_is_gone() {
    runtime().block_on(async {
        let (mut ours, theirs) = duplex(2);
        let writer = spawn(async move { write_all(&mut ours, b"12345").await });
        settle().await;
        drop(theirs);
        let error = writer.await.expect("no panic").expect_err("nobody reads");
        assert_eq!(error.kind(), ErrorKind::BrokenPipe);
    });
}
