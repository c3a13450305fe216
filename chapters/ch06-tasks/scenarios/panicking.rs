//! One task panics. The panic ends with the task it happened in.

use ch06_tasks::spawn_named;
use trace::{Setting, say};

use crate::sleepy::sleepy;
use crate::{quiet, runtime};

#[expect(clippy::unused_async, reason = "it doesn't get that far")]
async fn panics() -> u32 {
    panic!("boom")
}

pub(crate) fn run(setting: &Setting) {
    quiet();
    runtime(setting).block_on(async {
        let tasks = [spawn_named("good", sleepy(1)), spawn_named("bad", panics())];
        for task in tasks {
            match task.await {
                Ok(steps) => say!("returned {steps}"),
                Err(error) => say!("{error}"),
            }
        }
    });
}
