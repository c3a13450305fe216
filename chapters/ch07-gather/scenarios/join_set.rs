//! Tasks that come and go under one owner, who goes first.

use ch06_tasks::sleep;
use ch07_gather::JoinSet;
use trace::{Setting, say};

use crate::{Held, runtime, seconds};

async fn visitor(name: &'static str, stays: u64) -> &'static str {
    let _chair = Held(name);
    sleep(seconds(stays)).await;
    name
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let mut visitors = JoinSet::new();
        visitors.spawn(visitor("Ada", 3));
        visitors.spawn(visitor("Ben", 1));
        say!("first to go: {:?}", visitors.join_next().await);
        visitors.spawn(visitor("Cyd", 5));
        sleep(seconds(1)).await;
        say!("closes, with {} inside", visitors.len());
        drop(visitors);
        say!("has closed");
        sleep(seconds(9)).await;
    });
}
