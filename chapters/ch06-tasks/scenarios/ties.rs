//! Five tasks ask, at five different times, for the same moment. They get it in the order
//! in which they asked.

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
        let all = [&[40, 50], &[30, 50], &[20, 50], &[10, 50], &[50][..]];
        let named =
            |(n, times)| spawn_named(&format!("asks-at-{}", 40 - 10 * n), until(times));
        for task in (0..).zip(all).map(named).collect::<Vec<_>>() {
            let _ = task.await;
        }
    });
}
