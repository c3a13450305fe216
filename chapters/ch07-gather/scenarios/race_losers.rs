//! The same file from three mirrors. The first to have it wins.

use std::time::Duration;

use ch06_tasks::sleep;
use ch07_gather::race;
use trace::{Setting, say};

use crate::{Held, runtime};

async fn fetch(mirror: &'static str, ms: u64) -> &'static str {
    let _connection = Held(mirror);
    sleep(Duration::from_millis(ms)).await;
    say!("{mirror} has it");
    mirror
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let mirrors = [("Oslo", 300), ("Rome", 200), ("Lima", 900)];
        let first = race(mirrors.map(|(mirror, ms)| fetch(mirror, ms))).await;
        say!("{first:?}");
        sleep(Duration::from_secs(1)).await;
    });
}
