//! The two coroutines that most of these programs are made of: one reads, one writes.

use std::fs::File;
use std::io::Write as _;
use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

use ch04_sockets::{
    AsyncIo, AsyncSleep, Coroutine, CoroutineState, Event, Resumed, Stream,
};
use nix::fcntl::{FcntlArg, OFlag, fcntl};
use trace::say;

use CoroutineState::{Complete, Yielded};

/// Reads `times` times `amount` bytes, and says what came.
pub(crate) struct Reading {
    source: Stream,
    amount: usize,
    times: u32,
    /// What has come so far of the read under way.
    buffer: Vec<u8>,
    recv: AsyncIo<Vec<u8>>,
}

impl Reading {
    pub(crate) fn new(source: &Stream, amount: usize, times: u32) -> Self {
        let recv = source.recv(amount);
        Reading { source: source.clone(), amount, times, buffer: Vec::new(), recv }
    }

    /// Takes some bytes in. All of them have come, or the end has: a read is done.
    fn received(&mut self, bytes: &[u8]) {
        self.buffer.extend(bytes);
        if bytes.is_empty() || self.buffer.len() == self.amount {
            told(&std::mem::take(&mut self.buffer));
            self.times -= 1;
        }
        self.recv = self.source.recv(self.amount - self.buffer.len());
    }
}

impl Coroutine for Reading {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        while self.times > 0 {
            match self.recv.resume()? {
                Yielded(event) => return Ok(Yielded(event)),
                Complete(bytes) => self.received(&bytes),
            }
        }
        Ok(Complete(()))
    }
}

/// Says what was read; nothing means the end of file.
fn told(bytes: &[u8]) {
    match bytes {
        [] => say!("end of file"),
        bytes => say!("read {}", String::from_utf8_lossy(bytes).trim_end()),
    }
}

/// Writes each text at its time, in milliseconds, and then closes what it writes to.
pub(crate) struct Writing {
    file: File,
    plan: Vec<(u64, &'static str)>,
}

impl Writing {
    pub(crate) fn new(file: impl Into<OwnedFd>, plan: &[(u64, &'static str)]) -> Self {
        let plan = plan.iter().rev().copied().collect();
        Writing { file: File::from(file.into()), plan }
    }
}

impl Coroutine for Writing {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        let Some((ms, text)) = self.plan.last_mut() else { return Ok(Complete(())) };
        if *ms > 0 {
            let until = Duration::from_millis(std::mem::take(ms));
            return Ok(Yielded(AsyncSleep { until }.into()));
        }
        say!("writes {text}");
        self.file.write_all(text.as_bytes())?;
        self.plan.pop();
        self.resume()
    }
}

/// A pipe: what is written to the second end can be read from the first, which never
/// waits.
pub(crate) fn pipe(name: &str) -> (Stream, std::io::PipeWriter) {
    let (reader, writer) =
        std::io::pipe().expect("this program has descriptors to spare");
    never_waits(&reader);
    (Stream::new(name, reader), writer)
}

/// Sockets have a method for this. Every other descriptor needs the call behind it.
fn never_waits(descriptor: impl AsFd) {
    let mode = fcntl(&descriptor, FcntlArg::F_GETFL).expect("it is open");
    let mode = OFlag::from_bits_retain(mode) | OFlag::O_NONBLOCK;
    fcntl(&descriptor, FcntlArg::F_SETFL(mode)).expect("a pipe can be set so");
}

/// A pipe that holds `text` and nothing more to come.
pub(crate) fn filled(name: &str, text: &str) -> Stream {
    let (source, mut writer) = pipe(name);
    writer.write_all(text.as_bytes()).expect("a pipe holds a few bytes");
    source
}
