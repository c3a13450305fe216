//! The other way to stop a task: the loop drops it. Nobody asks it; what it held is freed
//! by destructors, which can't await.

use ch06_tasks::{catch_cancel, sleep, spawn_named};
use trace::{Setting, say};

use crate::{runtime, seconds};

/// Something that must be given back.
struct Lease;

impl Drop for Lease {
    fn drop(&mut self) {
        say!("gives back the lease");
    }
}

async fn worker() {
    let _lease = Lease;
    let caught = catch_cancel(sleep(seconds(3600))).await;
    say!("never comes here: {caught:?}");
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let worker = spawn_named("worker", worker());
        sleep(seconds(1)).await;
        worker.abort();
        say!("has aborted it; finished: {}", worker.is_finished());
        match worker.await {
            Ok(()) => say!("it returned"),
            Err(error) => say!("{error}"),
        }
    });
}
