//! A sleep of zero: ready at once, and yet behind everyone who is already ready.

use std::time::Duration;

use ch06_tasks::{sleep, spawn_named};
use trace::{Setting, say};

use crate::runtime;

/// Counts to `count`, giving way after each number.
async fn polite(count: u32) {
    for n in 1..=count {
        say!("{n}");
        sleep(Duration::ZERO).await;
    }
    say!("end");
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let all = [("a", 3), ("b", 1), ("c", 2)];
        for task in all.map(|(name, count)| spawn_named(name, polite(count))) {
            let _ = task.await;
        }
    });
}
