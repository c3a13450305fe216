//! The bugs of the published loop that are in how it reads. Each runs until the bug
//! shows, and is ended by a bound that the original lacks.

use std::fs::File;
use std::io::Write as _;
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;

use crate::as_published::{self, Buffered, ByteByByte, Recv};
use ch03_select::{AsyncRead, Coroutine, CoroutineState, Event, Resumed, Source, Task};
use trace::{Setting, say};

use crate::reading::{Writing, filled, pipe, told};
use CoroutineState::{Complete, Yielded};

/// Says what `inner` returned.
struct Telling<C>(C);

impl<C: Coroutine<Yield = Event, Return = Vec<u8>>> Coroutine for Telling<C> {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        Ok(match self.0.resume()? {
            Yielded(event) => Yielded(event),
            Complete(bytes) => {
                told(&bytes);
                Complete(())
            }
        })
    }
}

/// Reads one byte, and says so if it is resumed after its end.
struct Once {
    source: Source,
    at: u32,
}

impl Coroutine for Once {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        self.at += 1;
        match self.at {
            1 => Ok(Yielded(AsyncRead::new(&self.source)?.into())),
            2 => {
                let mut byte = [0];
                let count = self.source.read(&mut byte)?;
                told(&byte[..count]);
                Ok(Complete(()))
            }
            _ => Err("resumed after its end".into()),
        }
    }
}

fn run(setting: &Setting, tasks: Vec<Task<()>>) {
    as_published::run(&setting.clock, &setting.observer, tasks);
}

pub(crate) fn reader_stays(setting: &Setting) {
    let once = Once { source: filled("pipe", "ab"), at: 0 };
    let tasks = vec![Task::new("reader", once)];
    as_published::run_snippet(&setting.clock, &setting.observer, tasks, 3);
}

pub(crate) fn byte_by_byte(setting: &Setting) {
    let source = filled("pipe", "abcdefgh");
    let reader = Telling(ByteByByte::new(&source, 8, 1));
    run(setting, vec![Task::new("reader", reader)]);
}

/// Three bytes are asked for, and eight come. What frees the reader is the ninth, 90 ms
/// later: the other seven had been here all the time.
pub(crate) fn hidden_buffer(setting: &Setting) {
    let (source, writer) = pipe("pipe");
    let same = source.as_fd().try_clone_to_owned().expect("descriptors to spare");
    let reader = Telling(Buffered::new(&source, File::from(same), 3));
    let writer = Writing::new(writer, &[(10, "abcdefgh"), (100, "i")]);
    run(setting, vec![Task::new("reader", reader), Task::new("writer", writer)]);
}

fn socket(text: &str) -> (Source, UnixStream) {
    let (ours, mut theirs) = UnixStream::pair().expect("descriptors to spare");
    ours.set_nonblocking(true).expect("a socket can be set so");
    theirs.write_all(text.as_bytes()).expect("a socket holds a few bytes");
    (Source::new("socket", ours), theirs)
}

pub(crate) fn stuck_at_eof(setting: &Setting) {
    let (source, theirs) = socket("ab");
    drop(theirs);
    let tasks = vec![Task::new("receiver", Telling(Recv::new(&source, 10, 1_000)))];
    run(setting, tasks);
    say!("a thousand calls in one resumption");
}

pub(crate) fn greedy(setting: &Setting) {
    let (source, _theirs) = socket("onetwo");
    let tasks = vec![Task::new("receiver", Telling(Recv::new(&source, 3, 1)))];
    run(setting, tasks);
    say!("it had asked for three");
}
