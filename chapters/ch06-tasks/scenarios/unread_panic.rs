//! A task panics. The loop catches that where it polls, and goes on; who awaits the task
//! hears of it. If nobody can any more, it is reported.

use ch06_tasks::{sleep, spawn_named};
use trace::{Setting, say};

use crate::{quiet, runtime, seconds};

async fn explode() {
    sleep(seconds(1)).await;
    panic!("boom");
}

pub(crate) fn run(setting: &Setting) {
    quiet();
    runtime(setting).block_on(async {
        let watched = spawn_named("watched", explode());
        drop(spawn_named("unwatched", explode()));
        match watched.await {
            Ok(()) => say!("it returned"),
            Err(error) => say!("{error}"),
        }
        sleep(seconds(1)).await;
        say!("and the loop goes on");
    });
}
