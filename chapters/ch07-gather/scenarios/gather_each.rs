//! One returns, one fails, one panics, one is cancelled: what each of them came to.

use ch06_tasks::{sleep, spawn_named};
use ch07_gather::gather_tasks;
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn attempt(name: &str) -> Result<&str, &'static str> {
    sleep(seconds(1)).await;
    match name {
        "fails" => Err("no"),
        "panics" => panic!("boom"),
        name => Ok(name),
    }
}

pub(crate) fn run(setting: &Setting) {
    // The panic is part of the story; its message on standard error is not.
    std::panic::set_hook(Box::new(|_| ()));
    runtime(setting).block_on(async {
        let names = ["returns", "fails", "panics", "stopped"];
        let tasks = names.map(|name| spawn_named(name, attempt(name)));
        tasks[3].cancel();
        for result in gather_tasks(tasks).await {
            match result {
                Ok(result) => say!("{result:?}"),
                Err(error) => say!("{error}"),
            }
        }
    });
}
