//! Somebody is always ready: a source that can always be read, or a sleeper that sleeps
//! for zero. The loop looks at both kinds in every turn, so the other gets on too.

use std::fs::File;
use std::time::Duration;

use ch03_select::{
    AsyncSleep, Coroutine, CoroutineState, Event, EventLoop, Read, Resumed, Source, Task,
    read,
};
use trace::{Clock, Setting, say};

use crate::as_published;
use crate::discard::Discard as _;
use crate::reading::{Reading, filled};
use crate::sleepy::Sleepy;
use CoroutineState::{Complete, Yielded};

/// Works for 10 ms and then reads from `/dev/zero`, again and again.
struct Hungry {
    clock: Clock,
    source: Source,
    left: u32,
    read: Option<Read>,
}

impl Coroutine for Hungry {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        if let Some(read) = &mut self.read
            && let Yielded(event) = read.resume()?
        {
            return Ok(Yielded(event));
        }
        if self.left == 0 {
            return Ok(Complete(()));
        }
        self.left -= 1;
        self.clock.work(Duration::from_millis(10));
        let read = self.read.insert(read(&self.source, 1));
        Ok(match read.resume()? {
            Yielded(event) => Yielded(event),
            Complete(_) => Complete(()),
        })
    }
}

/// Gives way `left` times, by sleeping for zero.
struct Polite {
    clock: Clock,
    left: u32,
}

impl Coroutine for Polite {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        if self.left == 0 {
            return Ok(Complete(()));
        }
        self.left -= 1;
        Ok(Yielded(AsyncSleep::after(&self.clock, Duration::ZERO).into()))
    }
}

fn zeros() -> Source {
    Source::new("zeros", File::open("/dev/zero").expect("every Unix has it"))
}

/// One who can always read, and one who sleeps.
fn hungry_and_sleepy(setting: &Setting) -> Vec<Task<()>> {
    let clock = setting.clock.clone();
    let hungry = Hungry { clock, source: zeros(), left: 12, read: None };
    let sleepy = Sleepy::new(&setting.clock, 1).discard();
    vec![Task::new("sleepy", sleepy), Task::new("hungry", hungry)]
}

/// One who is always due, and one who wants to read what is there.
fn polite_and_reader(setting: &Setting) -> Vec<Task<()>> {
    let polite = Polite { clock: setting.clock.clone(), left: 5 };
    let reader = Reading::new(&filled("pipe", "data"), 4, 1);
    vec![Task::new("reader", reader), Task::new("polite", polite)]
}

fn run_all(setting: &Setting, tasks: Vec<Task<()>>) {
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer);
    for task in tasks {
        event_loop.spawn(task);
    }
    let _ = event_loop.run();
}

pub(crate) fn run_reader(setting: &Setting) {
    run_all(setting, hungry_and_sleepy(setting));
}

pub(crate) fn run_reader_published(setting: &Setting) {
    let tasks = hungry_and_sleepy(setting);
    as_published::run_snippet(&setting.clock, &setting.observer, tasks, 12);
    say!("twelve turns later");
}

pub(crate) fn run_sleeper(setting: &Setting) {
    run_all(setting, polite_and_reader(setting));
}

pub(crate) fn run_sleeper_published(setting: &Setting) {
    let tasks = polite_and_reader(setting);
    as_published::run(&setting.clock, &setting.observer, tasks);
}
