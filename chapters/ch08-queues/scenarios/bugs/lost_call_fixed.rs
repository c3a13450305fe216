//! A worker looks whether there is work, and waits to be called if there is none. Between
//! the look and the wait it does something that takes a moment.

use std::cell::Cell;
use std::rc::Rc;

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::Notify;
use trace::{Setting, say};

use crate::{ms, run_and_tell};

async fn worker(jobs: Rc<Cell<u32>>, bell: Rc<Notify>) {
    while jobs.get() == 0 {
        say!("finds no work, and sits down");
        sleep(ms(10)).await;
        bell.notified().await;
    }
    say!("works");
}

pub(crate) fn run(setting: &Setting) {
    run_and_tell(setting, async {
        let (jobs, bell) = (Rc::new(Cell::new(0)), Rc::new(Notify::new()));
        let worker = spawn_named("worker", worker(jobs.clone(), bell.clone()));
        sleep(ms(5)).await;
        jobs.set(1);
        bell.notify_one();
        say!("there is work, and the bell has rung");
        let _ = worker.await;
    });
}
