//! Two coroutines read from the same pipe. Neither takes what the other asked for.

use ch04_sockets::{EventLoop, Task};
use trace::{Setting, say};

use crate::poller;
use crate::reading::{Reading, filled};

pub(crate) fn run(setting: &Setting) {
    let source = filled("pipe", "onetwo");
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    for name in ["first", "second"] {
        event_loop.spawn(Task::new(name, Reading::new(&source, 3, 1)));
    }
    say!("{} ended", event_loop.run().len());
}
