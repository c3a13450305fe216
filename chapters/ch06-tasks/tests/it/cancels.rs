//! What a cancel promises.

use std::future::poll_fn;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use ch06_tasks::{
    Cancelled, Promise, State, catch_cancel, current_task, resume_cancel, sleep, spawn,
    spawn_named, yield_now,
};

use crate::loops::{Log, ms, runtime, virtual_time};

/// Says so when it is dropped.
struct Held(Log, &'static str);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.say(self.1);
    }
}

#[test]
fn a_cancel_drops_the_future_where_it_is_suspended() {
    let log = Log::default();
    let (runtime, clock) = virtual_time();
    runtime.block_on(async {
        let held = Held(log.clone(), "dropped");
        let task = spawn_named("worker", async move {
            let _held = held;
            sleep(ms(1000)).await;
        });
        yield_now().await;
        assert!(task.cancel_with("enough"));
        assert_eq!(log.lines(), [""; 0], "not at once");
        let error = task.await.expect_err("it was cancelled");
        assert!(error.is_cancelled());
        assert_eq!(error.why(), Some(&Cancelled(Some("enough".into()))));
        assert_eq!(error.to_string(), "worker was cancelled: enough");
    });
    assert_eq!((log.lines(), clock.now()), (vec!["dropped".to_owned()], ms(0)));
}

#[test]
fn a_task_that_has_not_begun_never_will() {
    let log = Log::default();
    runtime().block_on(async {
        let (cancelled, aborted) = (spawn(log.line("a")), spawn(log.line("b")));
        cancelled.cancel();
        aborted.abort();
        assert!(cancelled.await.is_err() && aborted.await.is_err());
    });
    assert_eq!(log.lines(), [""; 0]);
}

#[test]
fn a_cancel_can_be_caught_cleaned_up_after_and_let_go_on() {
    let (runtime, clock) = virtual_time();
    runtime.block_on(async {
        let task = spawn(async {
            let Err(cancelled) = catch_cancel(sleep(ms(1000))).await else { return };
            sleep(ms(5)).await;
            resume_cancel(cancelled).await;
        });
        yield_now().await;
        task.cancel();
        assert!(task.await.is_err());
    });
    assert_eq!(clock.now(), ms(5));
}

#[test]
fn a_cancel_can_be_refused_and_is_counted() {
    runtime().block_on(async {
        let task = spawn(async {
            let me = current_task().expect("a task");
            assert!(catch_cancel(sleep(ms(1000))).await.is_err());
            assert_eq!(me.cancelling(), 1);
            assert_eq!((me.uncancel(), me.uncancel()), (0, 0));
            sleep(ms(1)).await;
            "refused"
        });
        yield_now().await;
        assert!(task.cancel());
        assert_eq!(task.join().await.expect("it returns"), "refused");
        assert!(!task.cancel(), "it has ended");
    });
}

#[test]
fn a_second_cancel_reaches_the_clean_up() {
    let log = Log::default();
    runtime().block_on(async {
        let theirs = log.clone();
        let task = spawn(async move {
            let _ = catch_cancel(sleep(ms(1000))).await;
            theirs.say("cleans up");
            sleep(ms(1000)).await;
            theirs.say("never");
        });
        yield_now().await;
        task.cancel();
        yield_now().await;
        task.cancel();
        assert_eq!(task.cancelling(), 2);
        assert!(task.await.is_err());
    });
    assert_eq!(log.lines(), ["cleans up"]);
}

#[test]
fn the_innermost_catch_gets_it_and_the_next_one_if_it_goes_on() {
    let log = Log::default();
    runtime().block_on(async {
        let theirs = log.clone();
        let task = spawn(async move {
            let outer = catch_cancel(async {
                let inner = catch_cancel(sleep(ms(1000))).await;
                theirs.say("inner");
                resume_cancel(inner.expect_err("it was cancelled")).await;
            });
            assert!(outer.await.is_err());
            theirs.say("outer");
        });
        yield_now().await;
        task.cancel();
        assert!(task.await.is_ok());
    });
    assert_eq!(log.lines(), ["inner", "outer"]);
}

#[test]
fn a_catch_that_is_over_catches_nothing() {
    runtime().block_on(async {
        let task = spawn(async {
            assert_eq!(catch_cancel(async { 1 }).await, Ok(1));
            sleep(ms(1000)).await;
        });
        yield_now().await;
        task.cancel();
        assert!(task.await.is_err());
    });
}

#[test]
fn a_cancel_takes_the_place_of_a_result_that_has_not_been_seen() {
    runtime().block_on(async {
        let promise = Promise::new("a word");
        let waits = promise.clone();
        let task = spawn(async move { catch_cancel(waits).await.is_err() });
        yield_now().await;
        let _ = promise.set(());
        task.cancel();
        assert!(task.await.expect("it caught it"), "the result is lost");
    });
}

#[test]
fn a_task_that_cancels_itself_hears_of_it_where_it_next_suspends() {
    let log = Log::default();
    runtime().block_on(async {
        let theirs = log.clone();
        let task = spawn(async move {
            current_task().expect("a task").cancel();
            async {}.await;
            theirs.say("not yet");
            yield_now().await;
            theirs.say("never");
        });
        assert!(task.await.is_err());
        let returns = spawn(async { current_task().expect("a task").cancel() });
        assert!(returns.await.expect_err("its value is lost").is_cancelled());
    });
    assert_eq!(log.lines(), ["not yet"]);
}

#[test]
fn a_cancel_goes_down_to_the_task_that_is_awaited_and_comes_up_again() {
    let log = Log::default();
    runtime().block_on(async {
        let ours = log.clone();
        let child = spawn_named("child", async move {
            let Err(cancelled) = catch_cancel(sleep(ms(1000))).await else { return };
            ours.say("child");
            resume_cancel(cancelled).await;
        });
        let theirs = log.clone();
        let parent = spawn_named("parent", async move {
            let caught = catch_cancel(child).await;
            theirs.say("parent");
            caught.is_err()
        });
        yield_now().await;
        yield_now().await;
        parent.cancel();
        assert!(parent.await.expect("it caught it"));
    });
    assert_eq!(log.lines(), ["child", "parent"]);
}

#[test]
fn a_child_that_refuses_answers_for_its_parent() {
    runtime().block_on(async {
        let child = spawn(async {
            let _ = catch_cancel(sleep(ms(1000))).await;
            sleep(ms(5)).await;
            "still here"
        });
        let parent = spawn(async move { child.await.expect("it returns") });
        yield_now().await;
        yield_now().await;
        parent.cancel();
        assert_eq!(parent.await.expect("nothing was thrown"), "still here");
    });
}

#[test]
fn tasks_that_await_each_other_can_be_cancelled() {
    runtime().block_on(async {
        let other = Promise::<Rc<ch06_tasks::JoinHandle<()>>>::new("the other");
        let waits = other.clone();
        let one = spawn(async move {
            let other = waits.await.expect("it is set");
            let _ = other.join().await;
        });
        let task = one.task();
        let two = Rc::new(spawn(async move { drop(one.await) }));
        let _ = other.set(two.clone());
        yield_now().await;
        yield_now().await;
        assert!(task.cancel());
        assert!(two.join().await.is_err() || two.is_finished());
    });
}

#[test]
fn a_cancel_of_one_waiter_cancels_the_promise_as_in_asyncio() {
    runtime().block_on(async {
        let promise = Promise::<()>::new("a word");
        let waits = promise.clone();
        let task = spawn(async move { drop(waits.await) });
        yield_now().await;
        task.cancel();
        assert_eq!(promise.state(), State::Cancelled);
        assert!(task.await.is_err());
    });
}

/// Not woken since the last poll; and whom to wake.
#[derive(Default)]
struct Flag(AtomicBool, Mutex<Option<Waker>>);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(false, Ordering::SeqCst);
        self.1.lock().expect("sound").take().into_iter().for_each(Waker::wake);
    }
}

#[test]
fn a_cancel_finds_a_scope_behind_a_combinator_that_polls_only_what_was_woken() {
    runtime().block_on(async {
        let task = spawn(async {
            // Polls its future once, then only when that future's own waker was called.
            let mut inner = Box::pin(catch_cancel(sleep(ms(1000))));
            let flag = Arc::new(Flag::default());
            poll_fn(|cx| {
                *flag.1.lock().expect("sound") = Some(cx.waker().clone());
                if flag.0.swap(false, Ordering::SeqCst) {
                    return Poll::Pending;
                }
                inner.as_mut().poll(&mut Context::from_waker(&flag.clone().into()))
            })
            .await
        });
        yield_now().await;
        task.cancel();
        assert!(task.await.expect("it caught it").is_err());
    });
}
