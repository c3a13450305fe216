//! Somebody is always ready: a source that can always be read, or a sleeper that sleeps
//! for zero. The loop looks at both kinds in every turn, so the other gets on too.

use std::fs::File;
use std::io::Read as _;
use std::rc::Rc;
use std::time::Duration;

use ch04_sockets::{
    AsyncSleep, Coroutine, CoroutineState, Event, EventLoop, Interest, Resumed, Source,
    Task,
};
use trace::{Clock, Setting};

use crate::discard::Discard as _;
use crate::poller;
use crate::reading::{Reading, filled};
use crate::sleepy::Sleepy;
use CoroutineState::{Complete, Yielded};

/// Works for 10 ms and then reads from `/dev/zero`, again and again. To try first would
/// always work, and nobody else would get a turn: so it asks first, to give way.
struct Hungry {
    clock: Clock,
    zeros: Rc<File>,
    source: Source,
    left: u32,
    has_asked: bool,
}

impl Coroutine for Hungry {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        if std::mem::replace(&mut self.has_asked, true) {
            (&*self.zeros).read_exact(&mut [0])?;
        }
        if self.left == 0 {
            return Ok(Complete(()));
        }
        self.left -= 1;
        self.clock.work(Duration::from_millis(10));
        Ok(Yielded(Event::Ready(self.source.clone(), Interest::READABLE)))
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

/// One who can always read, and one who sleeps.
pub(crate) fn run_reader(setting: &Setting) {
    let clock = setting.clock.clone();
    let zeros = Rc::new(File::open("/dev/zero").expect("every Unix has it"));
    let source = Source::new("zeros", zeros.clone());
    let hungry = Hungry { clock, zeros, source, left: 12, has_asked: false };
    let sleepy = Sleepy::new(&setting.clock, 1).discard();
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    event_loop.spawn(Task::new("sleepy", sleepy));
    event_loop.spawn(Task::new("hungry", hungry));
    let _ = event_loop.run();
}

/// One who is always due, and one who wants to read what is there.
pub(crate) fn run_sleeper(setting: &Setting) {
    let polite = Polite { clock: setting.clock.clone(), left: 5 };
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let reader = Reading::new(&filled("pipe", "data"), 4, 1);
    event_loop.spawn(Task::new("reader", reader));
    event_loop.spawn(Task::new("polite", polite));
    let _ = event_loop.run();
}
