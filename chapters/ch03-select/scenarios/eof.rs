//! The writer goes away after three bytes of ten. The end of file is something to read
//! too: the reader gets what came, and ends. Published, it asks again, for ever.

use crate::as_published::{self, ByteByByte};
use ch03_select::{EventLoop, Task};
use trace::Setting;

use crate::discard::Discard as _;
use crate::reading::{Reading, Writing, pipe};

pub(crate) fn run(setting: &Setting) {
    let (source, writer) = pipe("pipe");
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer);
    event_loop.spawn(Task::new("reader", Reading::new(&source, 10, 2)));
    event_loop.spawn(Task::new("writer", Writing::new(writer, &[(10, "abc")])));
    let _ = event_loop.run();
}

pub(crate) fn run_published(setting: &Setting) {
    let (source, writer) = pipe("pipe");
    let reader = ByteByByte::new(&source, 10, 5).discard();
    let tasks = vec![
        Task::new("reader", reader),
        Task::new("writer", Writing::new(writer, &[(10, "abc")])),
    ];
    as_published::run(&setting.clock, &setting.observer, tasks);
}
