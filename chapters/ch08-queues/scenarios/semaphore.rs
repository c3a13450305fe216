//! Two tables, five guests. Who finds none waits in line.

use std::rc::Rc;

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::Semaphore;
use trace::{Setting, say};

use crate::{all, ms, runtime};

async fn guest(tables: Rc<Semaphore>) {
    let _table = tables.acquire().await;
    say!("sits, {} free", tables.available_permits());
    sleep(ms(1000)).await;
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let tables = Rc::new(Semaphore::new(2).named("a table"));
        let guests = ["Ada", "Ben", "Cyd", "Dan", "Eve"];
        all(guests.map(|name| spawn_named(name, guest(tables.clone())))).await;
    });
}
