//! One task fails in the middle of its work. The others don't notice, and each result
//! goes to whoever awaits it.

use std::time::Duration;

use ch06_tasks::{sleep, spawn_named};
use trace::{Setting, say};

use crate::runtime;
use crate::sleepy::sleepy;

async fn good(count: u32) -> Result<u32, &'static str> {
    Ok(sleepy(count).await)
}

/// Sleeps for 50 ms, then fails.
async fn bad() -> Result<u32, &'static str> {
    sleep(Duration::from_millis(50)).await;
    Err("boom")
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let tasks = [
            spawn_named("good-1", good(1)),
            spawn_named("bad", bad()),
            spawn_named("good-2", good(2)),
        ];
        for task in tasks {
            match task.await.expect("none of them panics") {
                Ok(steps) => say!("returned {steps}"),
                Err(error) => say!("failed: {error}"),
            }
        }
    });
}
