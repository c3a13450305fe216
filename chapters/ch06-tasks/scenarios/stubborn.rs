//! One task computes for a second and never suspends. The loop can't take the thread
//! back: it gets it when the task returns.

use std::time::Duration;

use ch06_tasks::spawn_named;
use trace::{Clock, Setting, say};

use crate::runtime;
use crate::sleepy::sleepy;

/// Ten rounds of work, 100 ms each, in one turn: no `await` in it suspends.
async fn stubborn(clock: Clock) {
    for round in 1..=10 {
        async { clock.work(Duration::from_millis(100)) }.await;
        say!("round {round}");
    }
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let sleepy = spawn_named("sleepy", sleepy(2));
        let stubborn = spawn_named("stubborn", stubborn(setting.clock.clone()));
        let _ = sleepy.await;
        let _ = stubborn.await;
    });
}
