//! A worker is asked to stop. The request drops what it is doing, where it is suspended;
//! then it cleans up, which takes a second, and lets the request go on.

use ch06_tasks::{catch_cancel, resume_cancel, sleep, spawn_named};
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn work() {
    for n in 1.. {
        say!("works, hour {n}");
        sleep(seconds(3600)).await;
    }
}

async fn worker() {
    if let Err(cancelled) = catch_cancel(work()).await {
        say!("{cancelled}");
        sleep(seconds(1)).await;
        say!("has cleaned up");
        resume_cancel(cancelled).await;
    }
    say!("can't be: the request went on");
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let worker = spawn_named("worker", worker());
        let unstarted = spawn_named("unstarted", async { say!("never runs") });
        unstarted.cancel();
        sleep(seconds(2 * 3600 - 60)).await;
        say!("asks it to stop: {}", worker.cancel_with("the shift is over"));
        match worker.await {
            Ok(()) => say!("it returned"),
            Err(error) => say!("{error}"),
        }
    });
}
