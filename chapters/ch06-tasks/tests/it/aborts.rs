//! What an abort promises, and a shutdown.

use std::future::pending;

use ch06_tasks::{catch_cancel, current_task, resume_cancel, sleep, spawn, yield_now};

use crate::loops::{Log, ms, runtime, virtual_time};

/// Says so when it is dropped.
struct Held(Log, &'static str);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.say(self.1);
    }
}

#[test]
fn an_abort_can_not_be_caught_and_drops_in_the_task_itself() {
    let log = Log::default();
    runtime().block_on(async {
        let held = Held(log.clone(), "dropped");
        let task = spawn(async move {
            let _held = held;
            let _ = catch_cancel(pending::<()>()).await;
            unreachable!("an abort can't be caught");
        });
        yield_now().await;
        task.abort();
        task.abort();
        assert!(!task.is_finished());
        let error = task.await.expect_err("it was aborted");
        assert!(error.is_cancelled() && error.why().is_none());
    });
    assert_eq!(log.lines(), ["dropped"]);
}

#[test]
fn a_task_can_abort_itself() {
    runtime().block_on(async {
        let task = spawn(async {
            current_task().expect("a task").abort();
            pending::<()>().await;
        });
        assert!(task.await.expect_err("it was aborted").is_cancelled());
    });
}

#[test]
fn an_abort_of_a_task_that_has_ended_changes_nothing() {
    runtime().block_on(async {
        let task = spawn(async { 1 });
        yield_now().await;
        task.abort();
        assert_eq!(task.await.expect("it returned"), 1);
    });
}

#[test]
fn shutdown_asks_every_task_to_stop_and_waits() {
    let log = Log::default();
    let (runtime, clock) = virtual_time();
    for name in ["a", "b"] {
        let log = log.clone();
        drop(runtime.spawn(async move {
            let Err(cancelled) = catch_cancel(pending::<()>()).await else { return };
            sleep(ms(5)).await;
            log.say(name);
            resume_cancel(cancelled).await;
        }));
    }
    runtime.block_on(async { yield_now().await });
    runtime.shutdown();
    assert_eq!(log.lines(), ["a", "b"]);
    assert_eq!(clock.now(), ms(5));
}
