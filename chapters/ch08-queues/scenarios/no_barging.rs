//! A permit comes back while somebody waits for it. Before the one who waits can run, a
//! newcomer asks for a permit.

use std::rc::Rc;

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::Semaphore;
use trace::{Setting, say};

use crate::{all, ms, runtime};

async fn guest(tables: Rc<Semaphore>) {
    say!("asks: is a table free? {:?}", tables.try_acquire().err());
    let _table = tables.acquire().await;
    say!("sits");
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let tables = Rc::new(Semaphore::new(1).named("a table"));
        let mine = tables.acquire().await;
        let early = spawn_named("early", guest(tables.clone()));
        sleep(ms(1000)).await;
        // In the queue before `early` is woken.
        let newcomer = spawn_named("newcomer", guest(tables.clone()));
        drop(mine);
        all([early, newcomer]).await;
    });
}
