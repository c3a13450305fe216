//! Five tasks of five steps each, with a sleep of 0.1 s after every step.

use std::time::Duration;

use ch06_tasks::{sleep, spawn_named};
use trace::{Setting, say};

use crate::runtime;

/// Sleeps in two halves: between them a future is like any other, suspended in the middle.
async fn asleep(duration: Duration) {
    let half = duration / 2;
    sleep(half).await;
    sleep(duration.saturating_sub(half)).await;
}

/// What stage 2 wrote by hand.
pub(crate) async fn sleepy(count: u32) -> u32 {
    for step in 1..=count {
        say!("step {step}");
        asleep(Duration::from_millis(100)).await;
    }
    count
}

pub(crate) fn run(setting: &Setting) {
    let ended = runtime(setting).block_on(async {
        let five = (1..=5).map(|n| spawn_named(&format!("sleepy-{n}"), sleepy(5)));
        let mut ended = 0;
        for task in five.collect::<Vec<_>>() {
            ended += u32::from(task.await.is_ok());
        }
        ended
    });
    say!("{ended} ended");
}
