//! Stage 3's stories, of those who read what isn't a socket: pipes, a file, and a source
//! that never ends.

use std::fs::File;
use std::io::{PipeWriter, Read as _, Write as _};
use std::rc::Rc;
use std::time::Duration;

use ch05_futures::{Error, EventLoop, Handle, Interest, Source, Stream, Task};
use nix::fcntl::{FcntlArg, OFlag, fcntl};
use trace::{Setting, say};

use crate::poller;
use crate::sleepy::sleepy;

type Outcome = Result<u32, Error>;

/// Reads `times` times `amount` bytes, and says what came; nothing means the end of file.
async fn reading(source: Stream, amount: usize, times: u32) -> Outcome {
    for _ in 0..times {
        let mut bytes = Vec::new();
        while bytes.len() < amount {
            let some = source.recv(amount - bytes.len()).await?;
            if some.is_empty() {
                break;
            }
            bytes.extend(some);
        }
        match &bytes[..] {
            [] => say!("end of file"),
            bytes => say!("read {}", String::from_utf8_lossy(bytes)),
        }
    }
    Ok(times)
}

/// Writes each text at its time, in milliseconds, and then closes what it writes to.
async fn writing(
    handle: Handle,
    mut file: PipeWriter,
    plan: &[(u64, &'static str)],
) -> Outcome {
    for (ms, text) in plan {
        handle.sleep_until(Duration::from_millis(*ms)).await;
        say!("writes {text}");
        file.write_all(text.as_bytes())?;
    }
    Ok(0)
}

/// A pipe: what is written to the second end can be read from the first, which never
/// waits.
fn pipe(handle: &Handle, name: &str) -> (Stream, PipeWriter) {
    let (reader, writer) =
        std::io::pipe().expect("this program has descriptors to spare");
    let mode = fcntl(&reader, FcntlArg::F_GETFL).expect("it is open");
    let mode = OFlag::from_bits_retain(mode) | OFlag::O_NONBLOCK;
    fcntl(&reader, FcntlArg::F_SETFL(mode)).expect("a pipe can be set so");
    (Stream::new(handle, name, reader), writer)
}

/// A pipe that holds `text` and nothing more to come.
fn filled(handle: &Handle, name: &str, text: &str) -> Stream {
    let (source, mut writer) = pipe(handle, name);
    writer.write_all(text.as_bytes()).expect("a pipe holds a few bytes");
    source
}

fn new_loop(setting: &Setting) -> (EventLoop<u32>, Handle) {
    let event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let handle = event_loop.handle();
    (event_loop, handle)
}

/// A reader waits for a pipe while a sleeper keeps its rhythm.
pub(crate) fn reader(setting: &Setting) {
    let (mut event_loop, handle) = new_loop(setting);
    let (source, writer) = pipe(&handle, "pipe");
    event_loop.spawn(Task::new("sleepy", sleepy(handle.clone(), 3)));
    event_loop.spawn(Task::new("reader", reading(source, 5, 2)));
    let writing = writing(handle, writer, &[(120, "hello"), (180, "world")]);
    event_loop.spawn(Task::new("writer", writing));
    let _ = event_loop.run();
    say!("all ended");
}

/// Three sources can be read at the same moment.
pub(crate) fn two_readers(setting: &Setting) {
    let (mut event_loop, handle) = new_loop(setting);
    for n in 1..=3 {
        let source = filled(&handle, &format!("pipe-{n}"), "data");
        event_loop.spawn(Task::new(format!("reader-{n}"), reading(source, 4, 1)));
    }
    let _ = event_loop.run();
}

/// Two tasks read from the same pipe.
pub(crate) fn one_source(setting: &Setting) {
    let (mut event_loop, handle) = new_loop(setting);
    let source = filled(&handle, "pipe", "onetwo");
    for name in ["first", "second"] {
        event_loop.spawn(Task::new(name, reading(source.clone(), 3, 1)));
    }
    say!("{} ended", event_loop.run().len());
}

/// A regular file never says "not yet", even at its end.
pub(crate) fn regular_file(setting: &Setting) {
    let path = std::env::temp_dir().join(format!("unrolled-{}", std::process::id()));
    File::create(&path)
        .and_then(|mut file| file.write_all(b"four"))
        .expect("the directory for temporary files can be written");
    let file = File::open(&path).expect("it was written just now");
    let _ = std::fs::remove_file(&path);
    let (mut event_loop, handle) = new_loop(setting);
    let source = Stream::new(&handle, "file", file);
    event_loop.spawn(Task::new("reader", reading(source, 4, 2)));
    let _ = event_loop.run();
}

/// The writer goes away after three bytes of ten.
pub(crate) fn eof(setting: &Setting) {
    let (mut event_loop, handle) = new_loop(setting);
    let (source, writer) = pipe(&handle, "pipe");
    event_loop.spawn(Task::new("reader", reading(source, 10, 2)));
    let writing = writing(handle, writer, &[(10, "abc")]);
    event_loop.spawn(Task::new("writer", writing));
    let _ = event_loop.run();
}

/// Works for 10 ms and then reads from `/dev/zero`, again and again. To try first would
/// always work, and nobody else would get a turn: so it asks first, to give way.
async fn hungry(handle: Handle, times: u32) -> Outcome {
    let zeros = Rc::new(File::open("/dev/zero")?);
    let source = Source::new("zeros", zeros.clone());
    for _ in 0..times {
        handle.clock().work(Duration::from_millis(10));
        handle.ready(&source, Interest::READABLE).await?;
        (&*zeros).read_exact(&mut [0])?;
    }
    Ok(times)
}

/// One who can always read, and one who sleeps.
pub(crate) fn busy_reader(setting: &Setting) {
    let (mut event_loop, handle) = new_loop(setting);
    event_loop.spawn(Task::new("sleepy", sleepy(handle.clone(), 1)));
    event_loop.spawn(Task::new("hungry", hungry(handle, 12)));
    let _ = event_loop.run();
}

/// Gives way, by sleeping for zero.
async fn polite(handle: Handle, times: u32) -> Outcome {
    for _ in 0..times {
        handle.sleep(Duration::ZERO).await;
    }
    Ok(times)
}

/// One who is always due, and one who wants to read what is there.
pub(crate) fn busy_sleeper(setting: &Setting) {
    let (mut event_loop, handle) = new_loop(setting);
    let source = filled(&handle, "pipe", "data");
    event_loop.spawn(Task::new("reader", reading(source, 4, 1)));
    event_loop.spawn(Task::new("polite", polite(handle, 5)));
    let _ = event_loop.run();
}
