//! What the runtime promises: to run, to be embedded, to report, to end.

use std::cell::RefCell;
use std::future::{pending, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::thread;

use ch06_tasks::{
    Builder, Next, Promise, Runtime, State, catch_cancel, sleep, sleep_until, spawn,
    spawn_named, yield_now,
};
use trace::Clock;

use crate::loops::{Log, ms, panic_of, runtime, virtual_time};

#[test]
fn block_on_takes_what_borrows_and_gives_back_what_it_comes_to() {
    let text = String::from("borrowed");
    let length = runtime().block_on(async { text.len() });
    assert_eq!(length, 8);
}

#[test]
fn block_on_inside_a_running_loop_is_refused() {
    let (outer, inner) = (runtime(), runtime());
    let refused = outer.block_on(async { panic_of(|| inner.block_on(async {})) });
    assert_eq!(refused, "block_on inside a running loop");
    inner.block_on(async {});
}

#[test]
fn tasks_that_have_not_ended_go_on_with_the_next_block_on() {
    let log = Log::default();
    let runtime = runtime();
    runtime.block_on(async {
        let log = log.clone();
        drop(spawn(async move {
            sleep(ms(10)).await;
            log.say("ends");
        }));
    });
    assert_eq!(log.lines(), [""; 0]);
    runtime.block_on(async { sleep(ms(20)).await });
    assert_eq!(log.lines(), ["ends"]);
}

#[test]
fn a_deadlock_is_reported_with_who_waits_for_what() {
    let deadlock = panic_of(|| {
        runtime().block_on(async {
            let promise = Promise::<()>::new("a word");
            let silent = spawn_named("silent", async move { drop(promise.await) });
            drop(spawn_named("lost", pending::<()>()));
            let _ = silent.await;
        });
    });
    let expected = "deadlock: Task-1 waits for silent, silent waits for a word, \
                    nobody will wake lost";
    assert_eq!(deadlock, expected);
}

#[test]
fn a_deadlock_on_the_real_clock_is_no_hang_either() {
    let runtime = Runtime::new().expect("descriptors");
    let deadlock = panic_of(|| runtime.block_on(pending::<()>()));
    assert_eq!(deadlock, "deadlock: nobody will wake Task-1");
}

#[test]
fn tasks_that_await_each_other_are_a_deadlock_on_any_clock() {
    for clock in [Clock::virtual_time(), Clock::real_time()] {
        let builder = Builder::new().clock(&clock).exception_handler(|_| ());
        let runtime = builder.build().expect("descriptors");
        let deadlock = panic_of(|| {
            runtime.block_on(async {
                let word = Promise::<()>::new("a word");
                let waits = word.clone();
                let two = spawn_named("two", async move {
                    let _ = catch_cancel(waits).await;
                });
                let one = spawn_named("one", async move {
                    let _ = two.await;
                    let _ = word.set(());
                });
                let _ = one.await;
            });
        });
        let expected =
            "deadlock: Task-1 waits for one, two waits for a word, one waits for two";
        assert_eq!(deadlock, expected);
    }
}

#[test]
fn a_waker_that_was_handed_out_keeps_the_real_clock_waiting() {
    let runtime = Runtime::new().expect("descriptors");
    let place = Rc::new(RefCell::new(None::<Waker>));
    let leaves = place.clone();
    let task = runtime.spawn(poll_fn(move |cx| {
        let is_second = leaves.borrow_mut().replace(cx.waker().clone()).is_some();
        if is_second { Poll::Ready(()) } else { Poll::Pending }
    }));
    runtime.run_once();
    assert_eq!(runtime.run_once(), Next::Event, "somebody may call it");
    let waker = place.borrow().clone().expect("it was polled");
    thread::spawn(move || waker.wake()).join().expect("it ends");
    runtime.run_until(|| task.is_finished());
    assert_eq!(runtime.run_once(), Next::Never);
}

#[test]
fn run_once_does_what_is_there_and_says_what_to_wait_for() {
    let (runtime, clock) = virtual_time();
    assert_eq!(runtime.run_once(), Next::Never);
    let task = runtime.spawn(async { sleep(ms(5)).await });
    assert_eq!(runtime.run_once(), Next::At(ms(5)));
    assert_eq!(clock.now(), ms(0), "it doesn't wait");
    clock.work(ms(5));
    assert_eq!(runtime.run_once(), Next::Now, "the timer has woken the task");
    assert_eq!(runtime.run_once(), Next::Never);
    assert!(task.is_finished());
}

#[test]
fn a_loop_can_run_inside_another() {
    let clock = Clock::virtual_time();
    let build = || Builder::new().clock(&clock).build().expect("descriptors");
    let (outer, inner) = (build(), build());
    let log = Log::default();
    let theirs = log.clone();
    drop(inner.spawn(async move {
        sleep(ms(10)).await;
        theirs.say("inner");
    }));
    outer.block_on(async {
        let ours = log.clone();
        drop(spawn(async move {
            sleep(ms(5)).await;
            ours.say("outer");
        }));
        loop {
            match inner.run_once() {
                Next::Now => yield_now().await,
                Next::At(deadline) => sleep_until(deadline).await,
                Next::Event | Next::Never => break,
            }
        }
    });
    assert_eq!(log.lines(), ["outer", "inner"]);
    assert_eq!(clock.now(), ms(10));
}

#[test]
fn tick_runs_one_thing_at_a_time_on_any_executor() {
    let (host, guest) = (runtime(), runtime());
    let log = Log::default();
    assert!(!guest.try_tick(), "nothing is ready");
    drop(guest.spawn(log.line("a")));
    drop(guest.spawn(log.line("b")));
    assert!(guest.try_tick());
    assert_eq!(log.lines(), ["a"]);
    host.block_on(async {
        guest.tick().await;
        assert_eq!(log.lines(), ["a", "b"]);
        let mut idle = std::pin::pin!(guest.tick());
        assert!(poll_fn(|cx| Poll::Ready(idle.as_mut().poll(cx))).await.is_pending());
        drop(guest.spawn(log.line("c")));
        idle.await;
    });
    assert_eq!(log.lines(), ["a", "b", "c"]);
}

#[test]
fn dropping_the_runtime_drops_every_future_once_and_reports_it() {
    struct Counted(Log);
    impl Drop for Counted {
        fn drop(&mut self) {
            self.0.say("dropped");
        }
    }
    let log = Log::default();
    let report = log.clone();
    let builder = Builder::new().clock(&Clock::virtual_time());
    let runtime = builder.exception_handler(move |text| report.say(text));
    let runtime = runtime.build().expect("descriptors");
    let waker = Rc::new(RefCell::new(None::<Waker>));
    let (place, counted) = (waker.clone(), Counted(log.clone()));
    let task = runtime.spawn(poll_fn(move |cx| {
        let _ = &counted;
        *place.borrow_mut() = Some(cx.waker().clone());
        Poll::<()>::Pending
    }));
    let unstarted = runtime.spawn(pending::<()>());
    assert!(runtime.try_tick());
    drop(runtime);
    let expected = [
        "Task-1 was dropped before its end",
        "dropped",
        "Task-2 was dropped before its end",
    ];
    assert_eq!(log.lines(), expected);
    // What outlives it does nothing.
    waker.take().expect("it was polled").wake();
    assert!(task.is_finished() && !task.cancel());
    task.abort();
    let error = unstarted.result().expect("it has ended").expect_err("by no choice");
    assert_eq!(error.to_string(), "Task-2 was aborted");
}

#[test]
fn a_destructor_may_spawn_wake_and_drop_handles_while_the_runtime_is_dropped() {
    struct Busy(Option<ch06_tasks::JoinHandle<()>>, Promise<()>);
    impl Drop for Busy {
        fn drop(&mut self) {
            drop(self.0.take());
            drop(spawn(pending::<()>()));
            let _ = self.1.set(());
        }
    }
    let runtime = runtime();
    runtime.block_on(async {
        let promise = Promise::new("a word");
        let waits = promise.clone();
        let other = spawn(async move { drop(waits.await) });
        let busy = Busy(Some(other), promise);
        drop(spawn(async move {
            let _busy = busy;
            pending::<()>().await;
        }));
        yield_now().await;
    });
    drop(runtime);
}

#[test]
fn two_tasks_that_await_each_other_are_dropped_with_the_runtime() {
    let token = Rc::new(());
    let runtime = runtime();
    for _ in 0..2 {
        let token = token.clone();
        let place = Rc::new(RefCell::new(None::<ch06_tasks::JoinHandle<()>>));
        let awaited = place.clone();
        let one = runtime.spawn(async move {
            let handle = awaited.borrow_mut().take().expect("it was put there");
            let _ = handle.await;
            drop(token);
        });
        *place.borrow_mut() = Some(runtime.spawn(async move { drop(one.await) }));
    }
    runtime.run_once();
    drop(runtime);
    assert_eq!(Rc::strong_count(&token), 1);
}

#[test]
fn a_promise_outlives_its_runtime() {
    let runtime = runtime();
    let promise = runtime.enter(|| Promise::new("a word"));
    promise.add_done_callback(|_| unreachable!("there is no loop to call it"));
    drop(runtime);
    promise.set(1).expect("it is pending");
    assert_eq!(promise.state(), State::Finished);
}
