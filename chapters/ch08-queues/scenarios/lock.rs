//! Three tasks add one to a number, and take a second to do it: first without a lock, then
//! with one.

use std::cell::Cell;
use std::rc::Rc;

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::Mutex;
use trace::{Setting, say};

use crate::{all, ms, runtime};

async fn add(number: Rc<Cell<u32>>) {
    let before = number.get();
    sleep(ms(1000)).await;
    number.set(before + 1);
}

async fn add_locked(number: Rc<Mutex<u32>>) {
    let mut number = number.lock().await;
    let before = *number;
    sleep(ms(1000)).await;
    *number = before + 1;
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let number = Rc::new(Cell::new(0));
        all(["a", "b", "c"].map(|name| spawn_named(name, add(number.clone())))).await;
        say!("without a lock: {}", number.get());
        let number = Rc::new(Mutex::new(0));
        let task = |name| spawn_named(name, add_locked(number.clone()));
        all(["A", "B", "C"].map(task)).await;
        say!("with a lock: {}", *number.lock().await);
    });
}
