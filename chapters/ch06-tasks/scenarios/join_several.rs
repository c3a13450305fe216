//! Three tasks await one. Each gets the result, in the order in which they asked.

use std::rc::Rc;

use ch06_tasks::{sleep, spawn_named};
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn cook() -> &'static str {
    sleep(seconds(10)).await;
    "soup"
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let soup = Rc::new(spawn_named("cook", cook()));
        let eater = |name| {
            let soup = soup.clone();
            spawn_named(name, async move {
                let dish = soup.join().await.expect("the cook doesn't fail");
                say!("eats {dish}");
            })
        };
        for task in ["Ada", "Ben", "Cyd"].map(eater) {
            let _ = task.await;
        }
        say!("asks late: {}", soup.join().await.expect("it is still there"));
    });
}
