//! Two wait for a table. The first is woken, and cancelled in the same moment.

use std::rc::Rc;

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::Semaphore;
use trace::{Setting, say};

use crate::{ms, runtime};

async fn guest(tables: Rc<Semaphore>) {
    let _table = tables.acquire().await;
    say!("sits");
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let tables = Rc::new(Semaphore::new(1).named("a table"));
        let mine = tables.acquire().await;
        let first = spawn_named("first", guest(tables.clone()));
        let second = spawn_named("second", guest(tables.clone()));
        sleep(ms(1000)).await;
        drop(mine);
        say!("leaves, and cancels the first: {}", first.cancel());
        let _ = second.await;
        say!("free again: {}", tables.available_permits());
    });
}
