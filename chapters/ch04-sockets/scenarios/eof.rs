//! The writer goes away after three bytes of ten. The end of file is something to read
//! too: the reader gets what came, and ends.

use ch04_sockets::{EventLoop, Task};
use trace::Setting;

use crate::poller;
use crate::reading::{Reading, Writing, pipe};

pub(crate) fn run(setting: &Setting) {
    let (source, writer) = pipe("pipe");
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    event_loop.spawn(Task::new("reader", Reading::new(&source, 10, 2)));
    event_loop.spawn(Task::new("writer", Writing::new(writer, &[(10, "abc")])));
    let _ = event_loop.run();
}
