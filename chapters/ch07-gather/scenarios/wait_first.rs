//! Three tasks, and the first answer is enough. The others are still there.

use ch06_tasks::JoinHandle;
use ch07_gather::{Waited, all_completed, first_completed, wait};
use trace::{Setting, say};

use crate::{job, runtime};

fn names<T>(tasks: &[JoinHandle<T>]) -> String {
    tasks.iter().map(|task| task.name().to_string()).collect::<Vec<_>>().join(", ")
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let tasks = [job("A", 2), job("B", 1), job("C", 3)];
        let Waited { done, pending } = wait(tasks, first_completed, None).await;
        say!("done: {}; pending: {}", names(&done), names(&pending));
        let Waited { done, pending } = wait(pending, all_completed, None).await;
        say!("done: {}; pending: {}", names(&done), pending.len());
    });
}
