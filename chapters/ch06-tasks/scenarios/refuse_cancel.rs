//! A request to stop is a request. This task declines the first, and gives in to the
//! second.

use ch06_tasks::{catch_cancel, current_task, sleep, spawn_named};
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn stubborn() -> &'static str {
    let me = current_task().expect("this is a task");
    if catch_cancel(sleep(seconds(10))).await.is_err() {
        say!("no; open requests: {}", me.cancelling());
        say!("thinks better of it; open requests: {}", me.uncancel());
    }
    sleep(seconds(10)).await;
    "its work is done"
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        for patience in [20, 5] {
            let task = spawn_named("stubborn", stubborn());
            sleep(seconds(1)).await;
            task.cancel();
            sleep(seconds(patience)).await;
            say!("asks again: {}", task.cancel());
            match task.await {
                Ok(value) => say!("it returned: {value}"),
                Err(error) => say!("{error}"),
            }
        }
    });
}
