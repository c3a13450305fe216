//! Three tasks. To go on is worth while until one of them fails.

use ch06_tasks::{JoinHandle, sleep, spawn_named};
use ch07_gather::{Waited, first_error, gather_tasks, wait};
use trace::{Setting, say};

use crate::{runtime, seconds};

fn attempt(
    name: &'static str,
    takes: u64,
    result: Result<u32, &'static str>,
) -> JoinHandle<Result<u32, &'static str>> {
    spawn_named(name, async move {
        sleep(seconds(takes)).await;
        result
    })
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let stopped = attempt("stopped", 9, Ok(0));
        let tasks = [
            attempt("one", 1, Ok(1)),
            attempt("two", 2, Err("no")),
            attempt("three", 3, Ok(3)),
        ];
        stopped.cancel();
        let tasks = tasks.into_iter().chain([stopped]);
        let Waited { done, pending } = wait(tasks, first_error, None).await;
        for task in done {
            let name = task.name();
            say!("{name}: {:?}", task.await.map_err(|error| error.to_string()));
        }
        say!("still runs: {}", pending[0].name());
        let rest = gather_tasks(pending).await;
        say!("later: {rest:?}");
    });
}
