//! The same three items in three kinds of queue.

use std::fmt::Debug;

use ch08_queues::{LifoQueue, PriorityQueue, Queue, Shelf};
use trace::{Setting, say};

use crate::runtime;

type Item = (u32, &'static str);

async fn through<S: Shelf<Item>>(kind: &str, queue: Queue<Item, S>) {
    for item in [(3, "c"), (1, "a"), (2, "b")] {
        queue.put(item).await;
    }
    let got: Vec<_> = std::iter::from_fn(|| queue.try_get().ok()).collect();
    say!("{kind}: {}", names(&got));
}

fn names(items: &[(impl Debug, &'static str)]) -> String {
    items.iter().map(|(_, name)| *name).collect::<Vec<_>>().join(" ")
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        through("in order of arrival", Queue::unbounded()).await;
        through("the last first", LifoQueue::default()).await;
        through("the smallest first", PriorityQueue::default()).await;
    });
}
