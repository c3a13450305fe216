//! A guest orders, and leaves before the meal is ready. First without a shield, then with
//! one.

use ch06_tasks::{JoinHandle, sleep, spawn_named};
use ch07_gather::shield;
use trace::{Setting, say};

use crate::{job, runtime, seconds};

async fn leaves(guest: JoinHandle<()>) {
    sleep(seconds(1)).await;
    guest.cancel();
    say!("{}", guest.await.expect_err("it was cancelled"));
    sleep(seconds(3)).await;
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let guest = async { say!("eats: {:?}", job("soup", 2).await) };
        leaves(spawn_named("guest", guest)).await;
        let guest = async { say!("eats: {:?}", shield(job("cake", 2)).await) };
        leaves(spawn_named("shielded", guest)).await;
    });
}
