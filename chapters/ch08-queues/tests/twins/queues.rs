//! Queues.

use std::fmt::Debug;
use std::rc::Rc;

use ch06_tasks::{sleep, spawn, spawn_named};
use ch08_queues::{LifoQueue, PriorityQueue, Queue, QueueEmpty, QueueFull, Shelf};
use trace::{Setting, say};

use super::{gather, ms, python, run, tick};

/// All that is in it, three items, as a list.
fn through<S: Shelf<u32>>(queue: &Queue<u32, S>) -> Vec<impl Debug> {
    for item in [3, 1, 2] {
        queue.try_put(item).expect("there is room");
    }
    std::iter::from_fn(|| queue.try_get().ok()).collect()
}

pub(crate) fn kinds(setting: &Setting) {
    run(setting, async {
        let queue = Queue::bounded(2);
        let (full, empty) = (python(queue.is_full()), queue.len());
        say!("room {}, items {empty}, full {full}", queue.capacity());
        queue.put("a").await;
        queue.try_put("b").expect("there is room");
        let (full, empty) = (python(queue.is_full()), python(queue.is_empty()));
        say!("items {}, full {full}, empty {empty}", queue.len());
        if queue.try_put("c") == Err(QueueFull("c")) {
            say!("no room for c");
        }
        say!("{} {}", queue.get().await, queue.try_get().expect("there is one"));
        if queue.try_get() == Err(QueueEmpty) {
            say!("nothing to get");
        }
        queue.task_done();
        queue.task_done();
        queue.join().await;
        say!("joined");
        say!("{:?}", through(&Queue::unbounded()));
        say!("{:?}", through(&PriorityQueue::default()));
        let last = LifoQueue::default();
        say!("{:?}", through(&last));
        let done = std::panic::AssertUnwindSafe(|| (0..4).for_each(|_| last.task_done()));
        let panic = std::panic::catch_unwind(done).expect_err("once too often");
        say!("{}", panic.downcast_ref::<String>().expect("it says why"));
    });
}

const JOBS: [u64; 20] = [
    220, 390, 900, 320, 970, 650, 160, 590, 730, 440, 901, 350, 960, 240, 870, 180, 420,
    850, 750, 770,
];

pub(crate) fn workers(setting: &Setting) {
    async fn worker(queue: Rc<Queue<u64>>) {
        loop {
            let job = queue.get().await;
            sleep(ms(job)).await;
            queue.task_done();
            say!("did {job}");
        }
    }
    run(setting, async {
        let queue = Rc::new(Queue::unbounded());
        for job in JOBS {
            queue.try_put(job).expect("there is room");
        }
        let workers = ["w0", "w1", "w2"].map(|w| spawn_named(w, worker(queue.clone())));
        queue.join().await;
        say!("joined at {} of {}", tick(), JOBS.iter().sum::<u64>());
        for worker in &workers {
            worker.cancel();
        }
        let _ = gather(&workers).await;
        let ends = workers.iter().filter_map(|worker| worker.result()?.err());
        say!("cancelled {}", ends.filter(ch06_tasks::JoinError::is_cancelled).count());
    });
}

pub(crate) fn producers_consumers(setting: &Setting) {
    async fn produce(queue: Rc<Queue<u128>>, rhythm: &[u64]) {
        for pause in rhythm {
            say!("sleeps {pause}");
            sleep(ms(*pause)).await;
            queue.put(tick()).await;
            say!("has put one");
        }
    }
    async fn consume(queue: Rc<Queue<u128>>, pause: u64) {
        loop {
            sleep(ms(pause)).await;
            let put = queue.get().await;
            say!("gets what was put {} ms before", tick() - put);
            queue.task_done();
        }
    }
    run(setting, async {
        let queue = Rc::new(Queue::unbounded());
        let producers = [("p0", &[3000, 1000, 5500][..]), ("p1", &[2000, 7200])]
            .map(|(name, it)| spawn_named(name, produce(queue.clone(), it)));
        let consumers = [("c0", 4100), ("c1", 6000), ("c2", 9000), ("c3", 11_000)]
            .map(|(name, it)| spawn_named(name, consume(queue.clone(), it)));
        let _ = gather(&producers).await;
        say!("all is put");
        queue.join().await;
        say!("all is done");
        for consumer in consumers {
            consumer.cancel();
        }
    });
}

pub(crate) fn ask_or_wait(setting: &Setting) {
    run(setting, async {
        let queue = Rc::new(Queue::unbounded());
        queue.try_put(0).expect("there is room");
        let inside = queue.clone();
        let remover = spawn_named("remover", async move {
            sleep(ms(1000)).await;
            inside.try_get().expect("it is there");
        });
        while !queue.is_empty() {
            sleep(ms(300)).await;
            say!("asks: {}", queue.len());
        }
        let _ = remover.await;
        let (questions, answers) =
            (Rc::new(Queue::unbounded()), Rc::new(Queue::unbounded()));
        let (asked, answered) = (questions.clone(), answers.clone());
        let server = spawn(async move { answered.put(1 + asked.get().await).await });
        server.set_name("server");
        let start = tick();
        questions.put(0).await;
        say!("answer {} after {}", answers.get().await, tick() - start);
        let _ = server.await;
    });
}

pub(crate) fn barging(setting: &Setting) {
    async fn getter(queue: Rc<Queue<&'static str>>) {
        say!("gets {}", queue.get().await);
    }
    run(setting, async {
        let queue = Rc::new(Queue::unbounded());
        let early = spawn_named("early", getter(queue.clone()));
        sleep(ms(1000)).await;
        let newcomer = spawn_named("newcomer", getter(queue.clone()));
        queue.put("the item").await;
        sleep(ms(1000)).await;
        queue.put("another").await;
        let _ = early.await;
        let _ = newcomer.await;
    });
}
