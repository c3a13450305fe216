//! One puts an item every 10 ms, one needs 30 ms for each. The program ends after 120 ms.

use std::rc::Rc;

use ch06_tasks::{now, sleep, spawn_named};
use ch08_queues::Queue;
use trace::{Setting, say};

use crate::{ms, run_and_tell};

async fn quick(queue: Rc<Queue<u32>>) {
    for n in 1.. {
        queue.put(n).await;
        sleep(ms(10)).await;
    }
}

async fn slow(queue: Rc<Queue<u32>>) {
    while now() < ms(120) {
        let n = queue.get().await;
        say!("takes {n}, {} wait", queue.len());
        sleep(ms(30)).await;
    }
}

pub(crate) fn run(setting: &Setting) {
    run_and_tell(setting, async {
        let queue = Rc::new(Queue::bounded(2));
        drop(spawn_named("quick", quick(queue.clone())));
        let _ = spawn_named("slow", slow(queue)).await;
    });
}
