//! A task that nobody waits for runs as long as the program waits for something else.

use ch06_tasks::{sleep, spawn_named};
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn forgotten() {
    say!("starts");
    sleep(seconds(1)).await;
    say!("ends");
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        drop(spawn_named("forgotten", forgotten()));
        say!("goes on: nothing of it has run");
        sleep(seconds(1)).await;
        say!("a second later");
        sleep(seconds(1)).await;
        say!("another second later");
    });
}
