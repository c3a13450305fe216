//! Three jobs, one worker that skips the bad ones, and one who waits until all is done.

use std::rc::Rc;

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::Queue;
use trace::{Setting, say};

use crate::{ms, run_and_tell};

async fn worker(jobs: Rc<Queue<&'static str>>) {
    loop {
        let job = jobs.get().await;
        if job == "bad" {
            say!("skips it");
            continue;
        }
        sleep(ms(10)).await;
        say!("has done {job}");
        jobs.task_done();
    }
}

pub(crate) fn run(setting: &Setting) {
    run_and_tell(setting, async {
        let jobs = Rc::new(Queue::unbounded().named("jobs"));
        for job in ["one", "bad", "two"] {
            jobs.put(job).await;
        }
        drop(spawn_named("worker", worker(jobs.clone())));
        jobs.join().await;
        say!("all is done");
    });
}
