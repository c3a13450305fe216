//! The two coroutines that most of these programs are made of: one reads, one writes.

use std::fs::File;
use std::io::Write as _;
use std::os::fd::OwnedFd;
use std::time::Duration;

use ch03_select::{
    AsyncSleep, Coroutine, CoroutineState, Event, Read, Resumed, Source, read,
};
use trace::say;

use CoroutineState::{Complete, Yielded};

/// Reads `times` times `amount` bytes, and says what came.
pub(crate) struct Reading {
    source: Source,
    amount: usize,
    times: u32,
    read: Option<Read>,
}

impl Reading {
    pub(crate) fn new(source: &Source, amount: usize, times: u32) -> Self {
        Reading { source: source.clone(), amount, times, read: None }
    }
}

impl Coroutine for Reading {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        loop {
            if let Some(read) = &mut self.read {
                match read.resume()? {
                    Yielded(event) => return Ok(Yielded(event)),
                    Complete(bytes) => told(&bytes),
                }
            }
            if self.times == 0 {
                return Ok(Complete(()));
            }
            self.times -= 1;
            self.read = Some(read(&self.source, self.amount));
        }
    }
}

/// Says what was read; nothing means the end of file.
pub(crate) fn told(bytes: &[u8]) {
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

/// A pipe: what is written to the second end can be read from the first.
pub(crate) fn pipe(name: &str) -> (Source, std::io::PipeWriter) {
    let (reader, writer) =
        std::io::pipe().expect("this program has descriptors to spare");
    (Source::new(name, reader), writer)
}

/// A pipe that holds `text` and nothing more to come.
pub(crate) fn filled(name: &str, text: &str) -> Source {
    let (source, mut writer) = pipe(name);
    writer.write_all(text.as_bytes()).expect("a pipe holds a few bytes");
    source
}
