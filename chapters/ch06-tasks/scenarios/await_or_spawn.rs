//! Two sleeps of a second. Awaited one after the other they take two seconds; as tasks
//! they sleep side by side.

use ch06_tasks::{now, sleep, spawn_named};
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn sleeper() {
    sleep(seconds(1)).await;
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        sleeper().await;
        sleeper().await;
        say!("two awaits: {} s", now().as_secs());
        let before = now();
        let (one, two) = (spawn_named("one", sleeper()), spawn_named("two", sleeper()));
        let _ = one.await;
        let _ = two.await;
        say!("two tasks: {} s", now().saturating_sub(before).as_secs());
    });
}
