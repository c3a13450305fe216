//! Three chains of two steps each. A second step needs what the first gave.

use ch06_tasks::{JoinHandle, sleep, spawn_named};
use ch07_gather::gather_tasks;
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn step(what: &str, takes: u64) {
    sleep(seconds(takes)).await;
    say!("{what}");
}

fn chain(name: &'static str, dough: u64, oven: u64) -> JoinHandle<()> {
    spawn_named(name, async move {
        step("dough is ready", dough).await;
        step("comes out of the oven", oven).await;
    })
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let chains = [chain("bread", 4, 6), chain("rolls", 7, 1), chain("cake", 2, 10)];
        gather_tasks(chains).await;
        say!("all is baked");
    });
}
