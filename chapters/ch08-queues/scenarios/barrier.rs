//! Four hikers come to a river one after the other. A raft takes two.

use std::rc::Rc;

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::Barrier;
use trace::{Setting, say};

use crate::{all, ms, runtime};

async fn hiker(raft: Rc<Barrier>, walk: u64) {
    sleep(ms(walk)).await;
    let passed = raft.wait().await.expect("nobody breaks it");
    say!("{}", if passed.is_leader() { "casts off" } else { "is on board" });
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let raft = Rc::new(Barrier::new(2));
        let walks = [("Ada", 30), ("Ben", 10), ("Cyd", 20), ("Dan", 40)];
        let hikers = walks.map(|(name, ms)| spawn_named(name, hiker(raft.clone(), ms)));
        sleep(ms(15)).await;
        say!("at the river: {}. Ben gives up: {}", raft.n_waiting(), hikers[1].cancel());
        let late = spawn_named("Eve", hiker(raft, 35));
        all(hikers).await;
        all([late]).await;
    });
}
