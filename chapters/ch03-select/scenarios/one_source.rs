//! Two coroutines read from the same pipe. They wait in line; in the published loop the
//! second takes the place of the first, which nobody ever resumes.

use ch03_select::{EventLoop, Task};
use trace::{Setting, say};

use crate::as_published;
use crate::reading::{Reading, filled};

fn tasks() -> Vec<Task<()>> {
    let source = filled("pipe", "onetwo");
    let task = |name| Task::new(name, Reading::new(&source, 3, 1));
    ["first", "second"].map(task).into()
}

pub(crate) fn run(setting: &Setting) {
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer);
    for task in tasks() {
        event_loop.spawn(task);
    }
    say!("{} ended", event_loop.run().len());
}

pub(crate) fn run_published(setting: &Setting) {
    as_published::run(&setting.clock, &setting.observer, tasks());
    say!("the loop ended");
}
