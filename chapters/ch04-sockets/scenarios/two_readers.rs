//! Three sources can be read at the same moment. Whoever tries first doesn't have to ask.

use ch04_sockets::{EventLoop, Task};
use trace::Setting;

use crate::poller;
use crate::reading::{Reading, filled};

pub(crate) fn run(setting: &Setting) {
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    for n in 1..=3 {
        let source = filled(&format!("pipe-{n}"), "data");
        let reading = Reading::new(&source, 4, 1);
        event_loop.spawn(Task::new(format!("reader-{n}"), reading));
    }
    let _ = event_loop.run();
}
