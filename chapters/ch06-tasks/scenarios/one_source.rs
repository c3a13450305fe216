//! Two tasks read from the same pipe. The second finds what the first has left.

use ch06_tasks::spawn_named;
use trace::{Setting, say};

use crate::reading::{filled, reading};
use crate::runtime;

pub(crate) fn run(setting: &Setting) {
    let ended = runtime(setting).block_on(async {
        let source = filled("onetwo");
        let reader = |name| spawn_named(name, reading(source.clone(), 3, 1));
        let mut ended = 0;
        for task in ["first", "second"].map(reader) {
            ended += u32::from(task.await.is_ok());
        }
        ended
    });
    say!("{ended} ended");
}
