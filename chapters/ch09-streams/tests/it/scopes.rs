//! Leaving a scope.

use ch06_tasks::{catch_cancel, sleep, spawn};
use ch09_streams::finally;

use crate::{Log, ms, runtime, settle};

/// A task in a scope whose exit takes 10 ms.
fn scoped(log: &Log) -> ch06_tasks::JoinHandle<u8> {
    let (body, exit) = (log.clone(), log.clone());
    spawn(async move {
        let body = async {
            sleep(ms(10)).await;
            body.say("body");
            7
        };
        let exit = || async {
            exit.say("leaves");
            sleep(ms(10)).await;
            exit.say("has left");
        };
        finally(body, exit).await
    })
}

#[test]
fn the_exit_ends_before_the_value_is_handed_on() {
    runtime().block_on(async {
        let log = Log::default();
        assert_eq!(scoped(&log).await.expect("no panic"), 7);
        assert_eq!(log.lines(), ["body", "leaves", "has left"]);
        assert_eq!(ch06_tasks::now(), ms(20));
    });
}

#[test]
fn a_cancel_waits_for_the_exit_and_then_goes_on() {
    runtime().block_on(async {
        let log = Log::default();
        let task = scoped(&log);
        settle().await;
        task.cancel_with("enough");
        let error = task.await.expect_err("it was cancelled");
        assert_eq!(error.why().and_then(|why| why.0.as_deref()), Some("enough"));
        assert_eq!(log.lines(), ["leaves", "has left"]);
    });
}

#[test]
fn a_second_cancel_cuts_the_exit_short() {
    runtime().block_on(async {
        let log = Log::default();
        let task = scoped(&log);
        settle().await;
        task.cancel();
        settle().await;
        task.cancel();
        assert!(task.await.is_err());
        assert_eq!(log.lines(), ["leaves"]);
    });
}

#[test]
fn an_abort_and_a_panic_skip_the_exit() {
    runtime().block_on(async {
        let log = Log::default();
        let task = scoped(&log);
        settle().await;
        task.abort();
        assert!(task.await.is_err());
        let said = log.clone();
        let task = spawn(async move {
            finally(async { panic!("on purpose") }, || async { said.say("leaves") }).await
        });
        assert!(task.await.expect_err("it panicked").is_panic());
        assert!(log.lines().is_empty());
    });
}

#[test]
fn scopes_nest_and_leave_from_the_inside() {
    runtime().block_on(async {
        let log = Log::default();
        let (inner, outer) = (log.clone(), log.clone());
        let task = spawn(catch_cancel(async move {
            let inner = finally(sleep(ms(10)), || async { inner.say("inner") });
            finally(inner, || async { outer.say("outer") }).await;
        }));
        settle().await;
        task.cancel();
        assert!(task.await.expect("it is caught").is_err());
        assert_eq!(log.lines(), ["inner", "outer"]);
    });
}
