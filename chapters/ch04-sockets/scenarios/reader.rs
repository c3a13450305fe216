//! A reader waits for a pipe while a sleeper keeps its rhythm: neither delays the other.

use ch04_sockets::{EventLoop, Task};
use trace::{Setting, say};

use crate::discard::Discard as _;
use crate::poller;
use crate::reading::{Reading, Writing, pipe};
use crate::sleepy::Sleepy;

pub(crate) fn run(setting: &Setting) {
    let (source, writer) = pipe("pipe");
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    event_loop.spawn(Task::new("sleepy", Sleepy::new(&setting.clock, 3).discard()));
    event_loop.spawn(Task::new("reader", Reading::new(&source, 5, 2)));
    let plan = [(120, "hello"), (180, "world")];
    event_loop.spawn(Task::new("writer", Writing::new(writer, &plan)));
    let _ = event_loop.run();
    say!("all ended");
}
