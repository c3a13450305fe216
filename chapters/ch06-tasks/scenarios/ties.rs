//! Three tasks ask, at three different times, for the same moment. They get it in the
//! order in which they asked.

use std::time::Duration;

use ch06_tasks::{sleep_until, spawn_named};
use trace::{Setting, say};

use crate::runtime;

/// Sleeps until each of its times.
async fn until(times: &[u64]) {
    for time in times {
        sleep_until(Duration::from_millis(*time)).await;
    }
    say!("awake");
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let tasks = [
            spawn_named("asks-at-20", until(&[20, 30])),
            spawn_named("asks-at-10", until(&[10, 30])),
            spawn_named("asks-at-0", until(&[30])),
        ];
        for task in tasks {
            let _ = task.await;
        }
    });
}
