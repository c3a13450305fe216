//! Two tasks, and a limit that lies between their ends.

use std::time::Duration;

use ch07_gather::{all_completed, gather_tasks, wait};
use trace::{Setting, say};

use crate::{job, runtime};

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let limit = Duration::from_millis(1500);
        let found = wait([job("A", 1), job("B", 2)], all_completed, Some(limit)).await;
        say!("{} done, {} pending", found.done.len(), found.pending.len());
        say!("waits for the rest");
        let rest = gather_tasks(found.pending).await;
        say!("{rest:?}");
    });
}
