//! A bell: rung for one, rung while nobody listens, rung for all.

use std::rc::Rc;

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::Notify;
use trace::{Setting, say};

use crate::{all, ms, runtime};

async fn nurse(bell: Rc<Notify>) {
    bell.notified().await;
    say!("hears the bell");
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let bell = Rc::new(Notify::new());
        let nurse = |name| spawn_named(name, nurse(bell.clone()));
        bell.notify_one();
        bell.notify_one();
        say!("has rung twice, and nobody was there");
        let early = ["Ada", "Ben", "Cyd"].map(nurse);
        sleep(ms(1000)).await;
        bell.notify_one();
        sleep(ms(1000)).await;
        bell.notify_waiters();
        all(early).await;
    });
}
