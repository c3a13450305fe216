//! Whoever waits for two tasks is asked to stop. Each of them takes its time to clean up.

use ch06_tasks::{catch_cancel, resume_cancel, sleep, spawn_named};
use ch07_gather::gather_tasks;
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn worker(cleans_up: u64) {
    if let Err(cancelled) = catch_cancel(sleep(seconds(60))).await {
        say!("cleans up");
        sleep(seconds(cleans_up)).await;
        say!("has cleaned up");
        resume_cancel(cancelled).await;
    }
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let boss = spawn_named("boss", async {
            let workers = [("quick", 1), ("slow", 3)];
            gather_tasks(workers.map(|(name, time)| spawn_named(name, worker(time))))
                .await;
            say!("can't be: the request goes on");
        });
        sleep(seconds(1)).await;
        boss.cancel_with("closing time");
        say!("{}", boss.await.expect_err("it was cancelled"));
    });
}
