//! What tasks promise.

use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};

use ch06_tasks::{
    Builder, Promise, all_tasks, current_task, sleep, spawn, spawn_named, yield_now,
};
use trace::{Clock, What};

use crate::loops::{Bomb, Log, ms, panic_of, runtime, virtual_time};

#[test]
fn a_spawned_task_does_not_run_before_its_spawner_gives_way() {
    let log = Log::default();
    runtime().block_on(async {
        let task = spawn(log.line("task"));
        log.say("main");
        let _ = task.await;
    });
    assert_eq!(log.lines(), ["main", "task"]);
}

#[test]
fn a_turn_runs_what_was_ready_at_its_beginning_in_order() {
    let log = Log::default();
    runtime().block_on(async {
        for name in ["a", "b"] {
            let log = log.clone();
            drop(spawn(async move {
                log.say(name);
                drop(spawn(log.line("child")));
                yield_now().await;
                log.say(name);
            }));
        }
        for _ in 0..4 {
            yield_now().await;
        }
    });
    assert_eq!(log.lines(), ["a", "b", "child", "a", "child", "b"]);
}

#[test]
fn a_task_that_is_woken_twice_is_polled_once() {
    let polls = Rc::new(Cell::new(0));
    let (wakers, counted) = (Rc::new(RefCell::new(None::<Waker>)), polls.clone());
    runtime().block_on(async {
        let place = wakers.clone();
        let task = spawn(poll_fn(move |cx| {
            counted.set(counted.get() + 1);
            *place.borrow_mut() = Some(cx.waker().clone());
            if counted.get() == 2 { Poll::Ready(()) } else { Poll::Pending }
        }));
        yield_now().await;
        let waker = wakers.borrow().clone().expect("it was polled");
        waker.wake_by_ref();
        waker.wake_by_ref();
        assert_eq!(polls.get(), 1, "a wake polls nothing");
        let _ = task.await;
    });
    assert_eq!(polls.get(), 2);
}

#[test]
fn a_task_that_wakes_itself_while_it_runs_is_polled_again() {
    let mut polls = 0;
    runtime().block_on(poll_fn(move |cx| {
        polls += 1;
        cx.waker().wake_by_ref();
        if polls == 3 { Poll::Ready(()) } else { Poll::Pending }
    }));
}

#[test]
fn a_task_is_not_polled_after_its_end() {
    runtime().block_on(async {
        let waker = Rc::new(RefCell::new(None::<Waker>));
        let place = waker.clone();
        let mut is_over = false;
        let task = spawn(poll_fn(move |cx| {
            assert!(!std::mem::replace(&mut is_over, true), "polled after its end");
            *place.borrow_mut() = Some(cx.waker().clone());
            Poll::Ready(())
        }));
        assert!(task.await.is_ok());
        waker.take().expect("it was polled").wake();
        yield_now().await;
    });
}

#[test]
fn a_task_that_always_gives_way_starves_neither_timers_nor_others() {
    let log = Log::default();
    let (runtime, clock) = virtual_time();
    runtime.block_on(async {
        let busy = spawn(async move {
            loop {
                clock.work(ms(1));
                yield_now().await;
            }
        });
        let timer = spawn(async { sleep(ms(10)).await });
        drop(spawn(log.line("other")));
        let _ = timer.await;
        busy.abort();
    });
    assert_eq!(log.lines(), ["other"]);
}

#[test]
fn a_result_reaches_all_who_await_it() {
    runtime().block_on(async {
        let task = Rc::new(spawn(async {
            sleep(ms(1)).await;
            "value".to_owned()
        }));
        let others = [(); 3].map(|()| {
            let task = task.clone();
            spawn(async move { task.join().await.expect("it returns") })
        });
        for other in others {
            assert_eq!(other.await.expect("it returns"), "value");
        }
        assert_eq!(task.result().expect("done").expect("it returns"), "value");
    });
}

#[test]
fn a_value_that_can_not_be_cloned_is_given_away() {
    struct Unique(u32);
    let value = runtime().block_on(async { spawn(async { Unique(7) }).await });
    assert_eq!(value.expect("it returns").0, 7);
}

#[test]
fn a_panic_reaches_the_handle_and_nobody_else() {
    runtime().block_on(async {
        let bad = spawn_named("bad", async { panic!("boom {}", 1) });
        let good = spawn(async { 1 });
        let error = bad.await.expect_err("it panics");
        assert!(error.is_panic() && !error.is_cancelled());
        assert_eq!(error.to_string(), "bad panicked: boom 1");
        let payload = error.try_into_panic().expect("nobody took it");
        assert_eq!(panic_of(|| std::panic::resume_unwind(payload)), "boom 1");
        assert_eq!(good.await.expect("it returns"), 1);
    });
}

#[test]
fn a_panic_of_the_main_task_leaves_block_on() {
    let runtime = runtime();
    assert_eq!(panic_of(|| runtime.block_on(async { panic!("boom") })), "boom");
    assert_eq!(runtime.block_on(async { 1 }), 1, "and the runtime is as good as new");
}

#[test]
fn a_panic_in_a_destructor_stays_where_it_is() {
    runtime().block_on(async {
        let bomb = Bomb;
        let aborted = spawn(async move {
            let _bomb = bomb;
            pending::<()>().await;
        });
        drop(spawn(async { Bomb }));
        yield_now().await;
        aborted.abort();
        yield_now().await;
        assert_eq!(spawn(async { 1 }).await.expect("the loop goes on"), 1);
    });
}

#[test]
fn a_panic_that_nobody_asks_about_is_reported_and_one_that_is_asked_about_is_not() {
    let log = Log::default();
    let report = log.clone();
    let builder = Builder::new().clock(&Clock::virtual_time());
    let runtime = builder.exception_handler(move |text| report.say(text));
    runtime.build().expect("descriptors").block_on(async {
        drop(spawn_named("early", async { panic!("boom") }));
        let late = spawn_named("late", async { panic!("boom") });
        let asked = spawn_named("asked", async { panic!("boom") });
        yield_now().await;
        assert_eq!(log.lines().len(), 1, "its handle is gone");
        drop(late);
        assert!(asked.await.is_err());
    });
    let expected = ["early", "late"]
        .map(|name| format!("nobody asked what became of a task: {name} panicked: boom"));
    assert_eq!(log.lines(), expected);
}

#[test]
fn a_dropped_handle_lets_the_task_go_on() {
    let log = Log::default();
    runtime().block_on(async {
        drop(spawn(log.line("runs")));
        yield_now().await;
    });
    assert_eq!(log.lines(), ["runs"]);
}

#[test]
fn names_ids_and_the_current_task() {
    runtime().block_on(async {
        let me = current_task().expect("main is a task");
        assert_eq!(&*me.name(), "Task-1");
        let named = spawn_named("named", async { current_task().expect("a task").id() });
        let unnamed = spawn(async { current_task().expect("a task").name() });
        assert_eq!((&*named.name(), &*unnamed.name()), ("named", "Task-2"));
        assert!(me.id() < named.id() && named.id() < unnamed.id());
        let all: Vec<_> = all_tasks().iter().map(|task| task.name()).collect();
        assert_eq!(
            all.iter().map(|it| &**it).collect::<Vec<_>>(),
            ["Task-1", "named", "Task-2"]
        );
        unnamed.set_name("renamed");
        let id = named.id();
        assert_eq!(named.await.expect("it returns"), id);
        assert_eq!(&*unnamed.await.expect("it returns"), "renamed");
        assert_eq!(all_tasks().len(), 1, "only those that have not ended");
    });
}

#[test]
fn the_observer_hears_who_woke_whom() {
    let clock = Clock::virtual_time();
    let observer = trace::Observer::recording(clock.clone());
    let runtime = Builder::new().clock(&clock).observer(&observer).build();
    runtime.expect("descriptors").block_on(async {
        let promise = Promise::new("a word");
        let waits = promise.clone();
        let waiter = spawn_named("waiter", async move { drop(waits.await) });
        yield_now().await;
        let _ = promise.set(());
        let _ = waiter.await;
        sleep(ms(1)).await;
    });
    let woken = observer.events().into_iter().filter_map(|event| match event.what {
        What::Woken { by } => Some((event.task.expect("a task"), by)),
        _ => None,
    });
    let expected = [("waiter", "Task-1"), ("Task-1", "waiter"), ("Task-1", "timer")];
    let expected = expected.map(|(task, by)| (task.to_owned(), by.to_owned()));
    assert_eq!(woken.collect::<Vec<_>>(), expected);
}
