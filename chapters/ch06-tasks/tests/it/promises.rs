//! What promises, callbacks and task-local values promise.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use ch06_tasks::{
    Builder, Promise, State, TaskLocal, call_at, call_later, call_soon, current_task,
    sleep, spawn, yield_now,
};
use trace::Clock;

use crate::loops::{Log, ms, panic_of, runtime, virtual_time};

#[test]
fn a_promise_is_set_once() {
    runtime().block_on(async {
        let promise = Promise::new("a word");
        assert_eq!((promise.state(), promise.result()), (State::Pending, None));
        assert_eq!(promise.set(1), Ok(()));
        assert_eq!(promise.set(2), Err(2));
        assert!(!promise.cancel());
        assert_eq!((promise.state(), promise.result()), (State::Finished, Some(Ok(1))));
    });
}

#[test]
fn a_promise_that_was_cancelled_stays_so() {
    runtime().block_on(async {
        let promise = Promise::<u32>::new("a word");
        assert!(promise.cancel());
        assert_eq!(promise.state(), State::Cancelled);
        assert_eq!(promise.set(1), Err(1));
        assert!(promise.await.is_err());
    });
}

#[test]
fn awaiting_a_done_promise_takes_no_turn() {
    let log = Log::default();
    runtime().block_on(async {
        drop(spawn(log.line("other")));
        let promise = Promise::new("a word");
        let _ = promise.set(());
        let _ = promise.await;
        log.say("main");
    });
    assert_eq!(log.lines()[0], "main");
}

#[test]
fn tasks_and_callbacks_hear_of_a_promise_in_the_order_in_which_they_asked() {
    let log = Log::default();
    runtime().block_on(async {
        let promise = Promise::new("a word");
        let task = |name: &'static str| {
            let (promise, log) = (promise.clone(), log.clone());
            drop(spawn(async move {
                let _ = promise.await;
                log.say(name);
            }));
        };
        let callback = |name: &'static str| {
            let log = log.clone();
            promise.add_done_callback(move |_| log.say(name))
        };
        task("first task");
        yield_now().await;
        callback("first callback");
        task("second task");
        yield_now().await;
        let removed = callback("removed");
        callback("second callback");
        assert!(promise.remove_done_callback(removed));
        assert!(!promise.remove_done_callback(removed));
        let _ = promise.set(());
        assert_eq!(log.lines(), [""; 0], "nobody is called at once");
        yield_now().await;
        callback("late");
        yield_now().await;
    });
    let expected =
        ["first task", "first callback", "second task", "second callback", "late"];
    assert_eq!(log.lines(), expected);
}

#[test]
fn who_polled_last_is_woken() {
    let log = Log::default();
    runtime().block_on(async {
        let promise = Promise::new("a word");
        let (shelf, mut waits) = (Rc::new(RefCell::new(None)), Box::pin(promise.clone()));
        let put = shelf.clone();
        let first = spawn(async move {
            let poll = poll_fn(|cx| Poll::Ready(waits.as_mut().poll(cx))).await;
            assert!(poll.is_pending());
            put.replace(Some(waits));
        });
        let theirs = log.clone();
        let second = spawn(async move {
            let waits = shelf.take().expect("the first has put it there");
            let _ = waits.await;
            theirs.say("second");
        });
        let _ = first.await;
        yield_now().await;
        let _ = promise.set(());
        yield_now().await;
        yield_now().await;
        second.abort();
    });
    assert_eq!(log.lines(), ["second"]);
}

#[test]
fn a_callback_that_panics_is_reported_and_stops_nobody() {
    let log = Log::default();
    let report = log.clone();
    let builder = Builder::new().clock(&Clock::virtual_time());
    let runtime = builder.exception_handler(move |text| report.say(text));
    runtime.build().expect("descriptors").block_on(async {
        call_soon(|| panic!("boom"));
        let ours = log.clone();
        call_soon(move || ours.say("next"));
        yield_now().await;
    });
    assert_eq!(log.lines(), ["a callback panicked: boom", "next"]);
}

#[test]
fn calls_come_in_the_order_of_their_times_then_of_asking() {
    let log = Log::default();
    let (runtime, clock) = virtual_time();
    runtime.block_on(async {
        let say = |name: &'static str| {
            let log = log.clone();
            move || log.say(name)
        };
        call_later(ms(2), say("2 ms"));
        call_later(ms(1), say("1 ms"));
        call_at(ms(2), say("at 2 ms"));
        call_later(ms(0), say("0 ms"));
        call_soon(say("soon"));
        let cancelled = [call_soon(say("never")), call_later(ms(1), say("never"))];
        cancelled.iter().for_each(ch06_tasks::Handle::cancel);
        sleep(ms(3)).await;
        call_at(ms(1), say("at a time that had passed"));
        yield_now().await;
        yield_now().await;
    });
    let expected =
        ["soon", "0 ms", "1 ms", "2 ms", "at 2 ms", "at a time that had passed"];
    assert_eq!(log.lines(), expected);
    assert_eq!(clock.now(), ms(3));
}

#[test]
fn a_callback_has_no_task() {
    runtime().block_on(async {
        let promise = Promise::new("the answer");
        let set = promise.clone();
        call_soon(move || _ = set.set(current_task().is_none()));
        assert_eq!(promise.await, Ok(true));
    });
}

#[test]
fn outside_a_loop_there_is_nothing_to_ask() {
    assert_eq!(panic_of(|| spawn(async {})), "no running event loop");
    assert_eq!(panic_of(|| Promise::<()>::new("a word")), "no running event loop");
}

#[test]
fn a_promise_that_nobody_awaits_any_more_forgets_who_did() {
    let token = Rc::new(());
    runtime().block_on(async {
        let promise = Promise::<()>::new("a word");
        let (waits, held) = (promise.clone(), token.clone());
        let task = spawn(async move {
            drop(waits.await);
            drop(held);
        });
        yield_now().await;
        task.abort();
        let _ = task.await;
        assert_eq!(Rc::strong_count(&token), 1);
        let _ = promise.set(());
    });
}

static PLACE: TaskLocal<u32> = TaskLocal::new(|| 0);

#[test]
fn task_local_values_are_those_of_the_spawner_at_that_time() {
    runtime().block_on(async {
        let seen = Rc::new(RefCell::new(Vec::new()));
        let child = || {
            let seen = seen.clone();
            spawn(async move {
                seen.borrow_mut().push(PLACE.get());
                PLACE.set(100);
                yield_now().await;
                assert_eq!(PLACE.get(), 100);
            })
        };
        let first = child();
        PLACE.set(1);
        let second = child();
        let callback = seen.clone();
        call_soon(move || callback.borrow_mut().push(PLACE.get() + 10));
        let done = seen.clone();
        second
            .promise()
            .add_done_callback(move |_| done.borrow_mut().push(PLACE.get() + 20));
        PLACE.set(2);
        let _ = first.await;
        let _ = second.await;
        yield_now().await;
        assert_eq!(*seen.borrow(), [0, 1, 11, 21]);
        assert_eq!(PLACE.get(), 2);
    });
}
