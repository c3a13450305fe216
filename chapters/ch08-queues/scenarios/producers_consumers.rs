//! Two bakers put loaves on a shelf, three customers wait for one each.

use std::rc::Rc;

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::Queue;
use trace::{Setting, say};

use crate::{all, ms, runtime};

type Shelf = Rc<Queue<&'static str>>;

async fn baker(shelf: Shelf, loaf: &'static str, time: u64) {
    for _ in 0..2 {
        sleep(ms(time)).await;
        shelf.put(loaf).await;
        say!("{loaf} is out of the oven");
    }
}

async fn customer(shelf: Shelf) {
    let loaf = shelf.get().await;
    say!("eats {loaf}");
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let shelf: Shelf = Rc::new(Queue::unbounded().named("the shelf"));
        let customers = ["Ada", "Ben", "Cyd"];
        let customers = customers.map(|name| spawn_named(name, customer(shelf.clone())));
        let rye = spawn_named("rye", baker(shelf.clone(), "rye", 30));
        let wheat = spawn_named("wheat", baker(shelf.clone(), "wheat", 20));
        all(customers).await;
        all([rye, wheat]).await;
        say!("left over: {}", shelf.len());
    });
}
