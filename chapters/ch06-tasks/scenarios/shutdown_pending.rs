//! The main task ends, another has not. A runtime that is dropped drops it, and says so;
//! one that is shut down asks it to stop, and waits.

use ch06_tasks::{catch_cancel, resume_cancel, sleep, spawn_named};
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn background() {
    if let Err(cancelled) = catch_cancel(sleep(seconds(3600))).await {
        say!("{cancelled}: says goodbye");
        resume_cancel(cancelled).await;
    }
}

async fn main_task() {
    drop(spawn_named("background", background()));
    sleep(seconds(1)).await;
    say!("has nothing more to do");
}

pub(crate) fn run(setting: &Setting) {
    let dropped = runtime(setting);
    dropped.block_on(main_task());
    say!("drops the runtime");
    drop(dropped);
    let shut_down = runtime(setting);
    shut_down.block_on(main_task());
    say!("shuts the runtime down");
    shut_down.shutdown();
}
