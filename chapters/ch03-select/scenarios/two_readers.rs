//! Three sources can be read at the same moment. The loop serves them all in one turn;
//! the published one takes a turn, and a system call, for each.

use ch03_select::{EventLoop, Task};
use trace::Setting;

use crate::as_published;
use crate::reading::{Reading, filled};

fn tasks() -> Vec<Task<()>> {
    let task = |n| {
        let source = filled(&format!("pipe-{n}"), "data");
        Task::new(format!("reader-{n}"), Reading::new(&source, 4, 1))
    };
    (1..=3).map(task).collect()
}

pub(crate) fn run(setting: &Setting) {
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer);
    for task in tasks() {
        event_loop.spawn(task);
    }
    let _ = event_loop.run();
}

pub(crate) fn run_published(setting: &Setting) {
    as_published::run(&setting.clock, &setting.observer, tasks());
}
