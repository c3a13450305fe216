//! Coroutines for tests: a script of what to do next, step by step.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use ch03_select::{
    AsyncRead, AsyncSleep, Coroutine, CoroutineState, Error, Event, EventLoop, Read,
    Resumed, Source, Task, read,
};
use trace::{Clock, Observer};

use CoroutineState::{Complete, Yielded};

/// What happened, in order.
pub(crate) type Log = Rc<RefCell<Vec<String>>>;

/// One thing to do.
pub(crate) enum Step {
    /// Sleep until this time, in milliseconds.
    Until(u64),
    /// Read so many bytes, and log them.
    Read(Source, usize),
    /// Ask for a source, and read nothing when it comes.
    Watch(Source),
    /// Do this.
    Do(Box<dyn FnMut()>),
    /// Fail.
    Fail,
    /// Panic.
    Panic,
}

/// Does its steps, and logs what it read and when it ended.
struct Script {
    name: &'static str,
    clock: Clock,
    steps: std::vec::IntoIter<Step>,
    read: Option<Read>,
    log: Log,
}

impl Script {
    fn log(&self, what: &str) {
        let entry = format!("{} {} {what}", self.clock.now().as_millis(), self.name);
        self.log.borrow_mut().push(entry);
    }

    /// The event that the read under way asks for, if there is one.
    fn go_on_reading(&mut self) -> Result<Option<Event>, Error> {
        let Some(read) = &mut self.read else { return Ok(None) };
        match read.resume()? {
            Yielded(event) => Ok(Some(event)),
            Complete(bytes) => {
                self.read = None;
                self.log(&format!("read {:?}", String::from_utf8_lossy(&bytes)));
                Ok(None)
            }
        }
    }

    /// The event that a step asks for, if it does.
    fn take(&mut self, step: Step) -> Result<Option<Event>, Error> {
        match step {
            Step::Until(ms) => {
                return Ok(Some(AsyncSleep { until: Duration::from_millis(ms) }.into()));
            }
            Step::Watch(source) => return Ok(Some(AsyncRead::new(&source)?.into())),
            Step::Read(source, amount) => self.read = Some(read(&source, amount)),
            Step::Do(mut act) => act(),
            Step::Fail => return Err("boom".into()),
            Step::Panic => panic!("boom"),
        }
        Ok(None)
    }
}

impl Coroutine for Script {
    type Yield = Event;
    type Return = &'static str;

    fn resume(&mut self) -> Resumed<Self> {
        loop {
            if let Some(event) = self.go_on_reading()? {
                return Ok(Yielded(event));
            }
            let Some(step) = self.steps.next() else {
                self.log("ended");
                return Ok(Complete(self.name));
            };
            if let Some(event) = self.take(step)? {
                return Ok(Yielded(event));
            }
        }
    }
}

/// A loop on a virtual clock, and a log.
pub(crate) struct World {
    event_loop: EventLoop<&'static str>,
    pub(crate) clock: Clock,
    log: Log,
}

impl World {
    pub(crate) fn new() -> Self {
        let clock = Clock::virtual_time();
        let event_loop = EventLoop::new(&clock, &Observer::none());
        World { event_loop, clock, log: Log::default() }
    }

    pub(crate) fn spawn(&mut self, name: &'static str, steps: Vec<Step>) {
        let (clock, log) = (self.clock.clone(), self.log.clone());
        let steps = steps.into_iter();
        let script = Script { name, clock, steps, read: None, log };
        self.event_loop.spawn(Task::new(name, script));
    }

    /// Runs everything: the log, and each task's name or error.
    pub(crate) fn run(self) -> (Vec<String>, Vec<String>) {
        let told = |result: Result<&'static str, Error>| match result {
            Ok(name) => name.to_owned(),
            Err(error) => format!("failed: {error}"),
        };
        let results = self.event_loop.run().into_iter().map(told).collect();
        (self.log.take(), results)
    }
}

/// A pipe: its source, and its other end.
pub(crate) fn pipe(name: &str) -> (Source, std::io::PipeWriter) {
    let (reader, writer) = std::io::pipe().expect("descriptors to spare");
    (Source::new(name, reader), writer)
}

/// A pipe that holds `text`, and ends after it.
pub(crate) fn filled(name: &str, text: &str) -> Source {
    use std::io::Write as _;
    let (source, mut writer) = pipe(name);
    writer.write_all(text.as_bytes()).expect("a pipe holds a few bytes");
    source
}
