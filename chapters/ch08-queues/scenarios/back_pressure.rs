//! One puts as quickly as it can, one needs 10 ms for each item. Between them is room for
//! two.

use std::rc::Rc;

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::Queue;
use trace::{Setting, say};

use crate::{all, ms, runtime};

async fn quick(queue: Rc<Queue<u32>>) {
    for n in 1..=5 {
        queue.put(n).await;
        say!("has put {n}, {} are there", queue.len());
    }
}

async fn slow(queue: Rc<Queue<u32>>) {
    for _ in 1..=5 {
        let n = queue.get().await;
        sleep(ms(10)).await;
        say!("is done with {n}");
    }
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let queue = Rc::new(Queue::bounded(2).named("the belt"));
        let quick = spawn_named("quick", quick(queue.clone()));
        all([quick, spawn_named("slow", slow(queue))]).await;
    });
}
