//! Six jobs in a queue, three workers. When all jobs are done, the workers are cancelled.

use std::rc::Rc;

use ch06_tasks::{now, sleep, spawn_named};
use ch08_queues::Queue;
use trace::{Setting, say};

use crate::{all, ms, runtime};

async fn worker(jobs: Rc<Queue<u64>>) {
    loop {
        let job = jobs.get().await;
        sleep(ms(job)).await;
        jobs.task_done();
        say!("has slept for {job} ms");
    }
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let jobs = Rc::new(Queue::unbounded().named("jobs"));
        for job in [30, 40, 90, 20, 50, 70] {
            jobs.put(job).await;
        }
        let names = ["worker-1", "worker-2", "worker-3"];
        let workers = names.map(|name| spawn_named(name, worker(jobs.clone())));
        jobs.join().await;
        say!("all is done after {} ms", now().as_millis());
        for worker in &workers {
            worker.cancel();
        }
        all(workers).await;
    });
}
