//! Reading: no byte twice, none lost, wherever the stream is cut or the read dropped.

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use ch06_tasks::spawn;
use ch09_streams::{BufReader, ReadError, duplex, write_all};
use futures_io::AsyncBufRead;

use crate::{Drops, drops, runtime};

const TEXT: &[u8] = b"ab\ncde\n\nf";

fn is_incomplete(result: &Result<Vec<u8>, ReadError>, rest: &[u8]) -> bool {
    matches!(result, Err(ReadError::Incomplete(bytes)) if bytes == rest)
}

#[test]
fn wherever_the_stream_ends_lines_and_the_rest_are_all_there() {
    runtime().block_on(async {
        for end in 0..=TEXT.len() {
            let mut reader = BufReader::new(drops(&TEXT[..end], None));
            let mut all = String::new();
            while let Some(line) = reader.read_line().await.expect("UTF-8") {
                assert!(line.ends_with('\n') || all.len() + line.len() == end);
                all += &line;
            }
            assert_eq!(all.as_bytes(), &TEXT[..end]);
            assert!(reader.read_line().await.expect("still the end").is_none());
        }
    });
}

#[test]
fn wherever_the_stream_ends_read_until_reports_what_had_come() {
    runtime().block_on(async {
        for end in 0..=3 {
            let mut reader = BufReader::new(drops(&TEXT[..end], None));
            let result = reader.read_until(b'\n').await;
            if end == 3 {
                assert_eq!(result.expect("a line"), b"ab\n");
            } else {
                assert!(is_incomplete(&result, &TEXT[..end]), "{end}: {result:?}");
            }
        }
    });
}

#[test]
fn wherever_the_stream_ends_read_exact_reports_what_had_come() {
    runtime().block_on(async {
        for end in 0..=5 {
            let mut reader = BufReader::new(drops(&TEXT[..end], None));
            let result = reader.read_exact(4).await;
            if end < 4 {
                assert!(is_incomplete(&result, &TEXT[..end]), "{end}: {result:?}");
            } else {
                assert_eq!(result.expect("four"), &TEXT[..4]);
                assert_eq!(reader.buffer(), b"", "it came byte by byte");
            }
        }
        let mut reader = BufReader::new(drops(b"", None));
        assert_eq!(reader.read_exact(0).await.expect("none are there at once"), b"");
    });
}

#[test]
fn a_failure_in_the_middle_is_an_error_and_what_came_before_is_kept() {
    runtime().block_on(async {
        let failing = drops(b"ab", Some(ErrorKind::ConnectionReset));
        let mut reader = BufReader::new(failing);
        let error: io::Error = reader.read_line().await.expect_err("a reset").into();
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
        assert_eq!(reader.buffer(), b"ab");
        assert_eq!(reader.read_exact(2).await.expect("they are there"), b"ab");
    });
}

/// Polls the read once at each point where it waits, and drops it there.
async fn dropped_at(mut reader: BufReader<Drops>, polls: usize) -> Vec<u8> {
    let mut cx = Context::from_waker(Waker::noop());
    let mut left = polls;
    while left > 0 {
        let mut read = pin!(reader.read_until(b'\n'));
        for _ in 0..2 {
            if let Poll::Ready(line) = read.as_mut().poll(&mut cx) {
                return line.expect("a line");
            }
        }
        left -= 1;
    }
    reader.read_until(b'\n').await.expect("a line")
}

#[test]
fn a_read_dropped_wherever_it_waits_has_taken_nothing() {
    runtime().block_on(async {
        for polls in 0..12 {
            let reader = BufReader::new(drops(b"a line\nmore", None));
            assert_eq!(dropped_at(reader, polls).await, b"a line\n", "{polls}");
        }
    });
}

#[test]
fn a_line_of_the_limit_passes_and_one_byte_more_does_not() {
    runtime().block_on(async {
        for (text, is_good) in [("abc\n", true), ("abcd\n", false), ("abcde", false)] {
            let (ours, mut theirs) = duplex(64);
            write_all(&mut theirs, text.as_bytes()).await.expect("room");
            let mut reader = BufReader::with_limit(4, ours);
            let line = reader.next_line().await;
            assert_eq!(line.is_ok(), is_good, "{text}: {line:?}");
            if let Err(error) = line {
                assert!(matches!(error, ReadError::TooLong(4)));
                assert!(reader.next_line().await.is_err(), "it is still there");
                assert_eq!(reader.buffer(), text.as_bytes(), "nothing is lost");
            }
        }
    });
}

#[test]
fn an_endless_line_fills_no_memory() {
    runtime().block_on(async {
        let (ours, mut theirs) = duplex(64);
        let peer =
            spawn(async move { while write_all(&mut theirs, b"x").await.is_ok() {} });
        let mut reader = BufReader::with_limit(1000, ours);
        assert!(matches!(reader.read_line().await, Err(ReadError::TooLong(1000))));
        assert!(reader.buffer().len() < 1064);
        drop(reader);
        peer.await.expect("it ends");
    });
}

#[test]
fn an_announced_length_costs_no_memory_until_the_bytes_come() {
    runtime().block_on(async {
        let mut reader = BufReader::new(drops(b"few", None));
        let result = reader.read_exact(usize::MAX).await;
        assert!(is_incomplete(&result, b"few"));
    });
}

#[test]
fn what_is_not_utf8_is_an_error_that_has_the_bytes() {
    runtime().block_on(async {
        let mut reader = BufReader::new(drops(b"\xff\nok\n", None));
        let error: io::Error = reader.read_line().await.expect_err("no UTF-8").into();
        assert_eq!(error.kind(), ErrorKind::InvalidData);
        let error = error.into_inner().expect("why");
        let error = error.downcast::<std::string::FromUtf8Error>().expect("the bytes");
        assert_eq!(error.into_bytes(), b"\xff\n");
        assert_eq!(reader.read_line().await.expect("UTF-8").as_deref(), Some("ok\n"));
    });
}

#[test]
fn line_ends_of_both_kinds_are_taken_off() {
    runtime().block_on(async {
        let mut reader = BufReader::new(drops(b"a\r\n\nb\rc\r", None));
        for line in [Some("a"), Some(""), Some("b\rc"), None] {
            assert_eq!(reader.next_line().await.expect("UTF-8").as_deref(), line);
        }
    });
}

#[test]
fn what_was_read_too_far_goes_with_the_stream() {
    runtime().block_on(async {
        let (ours, mut theirs) = duplex(64);
        write_all(&mut theirs, b"head\nbody").await.expect("room");
        let mut reader = BufReader::new(ours);
        reader.read_line().await.expect("a line");
        let (_stream, rest) = reader.into_parts();
        assert_eq!(rest, b"body");
    });
}

#[test]
fn others_read_through_the_traits_what_is_in_the_buffer_first() {
    runtime().block_on(async {
        let mut reader = BufReader::new(drops(b"a\nbcd", None));
        reader.read_line().await.expect("a line");
        let mut all = Vec::new();
        loop {
            let mut pinned = Pin::new(&mut reader);
            let there =
                poll_fn(|cx| pinned.as_mut().poll_fill_buf(cx).map_ok(<[u8]>::to_vec));
            match there.await.expect("no failure") {
                bytes if bytes.is_empty() => break,
                bytes => all.extend(bytes),
            }
            pinned.as_mut().consume(usize::MAX / 2);
        }
        assert_eq!(all, b"bcd");
    });
}
