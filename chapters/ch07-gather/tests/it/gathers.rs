//! Gather.

use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;

use ch06_tasks::{JoinError, sleep, spawn};
use ch07_gather::{gather, gather_bounded, gather_tasks, try_gather};

use crate::{
    Alive, World, cleans_up, is_cancelled, ms, panic_of, refuses, run, settle, sleeper,
    started,
};

#[test]
fn results_stand_in_the_order_of_the_arguments() {
    let alive = Alive::default();
    let (results, took) = run(async {
        let results = gather([30, 10, 20].map(|n| sleeper(&alive, n))).await;
        results.into_iter().map(Result::unwrap).collect::<Vec<_>>()
    });
    assert_eq!((results, took, alive.count()), (vec![30, 10, 20], ms(30), 0));
}

#[test]
fn tasks_begin_in_the_order_of_the_arguments_and_before_the_await() {
    let seen = Rc::new(Cell::new(0));
    run(async {
        let one = |n| {
            let seen = seen.clone();
            async move { assert_eq!(seen.replace(n), n - 1) }
        };
        let group = gather((1..=5).map(one));
        assert_eq!(seen.get(), 0, "not at once");
        settle().await;
        assert_eq!(seen.get(), 5, "though nobody awaits it");
        assert!(group.await.iter().all(Result::is_ok));
    });
}

#[test]
fn a_gather_of_nothing_takes_no_time() {
    let (of_none, took) = run(async { gather_tasks::<u64>([]).await.len() });
    assert_eq!((of_none, took), (0, ms(0)));
    let empty: [std::future::Ready<u64>; 0] = [];
    assert_eq!(run(gather_bounded(1, empty)).0.len(), 0);
}

#[test]
fn a_thousand_end_together_in_order() {
    let alive = Alive::default();
    let ((), took) = run(async {
        let results = gather((0..1000).map(|n| sleeper(&alive, 1000 - n))).await;
        for (n, result) in (0..1000).zip(results) {
            assert_eq!(result.unwrap(), 1000 - n);
        }
    });
    assert_eq!((took, alive.count()), (ms(1000), 0));
}

#[test]
fn a_gather_is_woken_once_however_many_tasks_end() {
    let alive = Alive::default();
    let (polls, took) = run(async {
        let mut group = gather((0..100).map(|n| sleeper(&alive, n))).into_future();
        let mut polls = 0;
        let all = poll_fn(|cx| {
            polls += 1;
            group.as_mut().poll(cx)
        });
        assert_eq!(all.await.len(), 100);
        polls
    });
    assert_eq!((polls, took), (2, ms(99)), "at the begin and at the end");
}

#[test]
fn each_result_is_given_a_panic_and_a_cancel_too() {
    run(async {
        let panics = spawn(async { panic!("boom") });
        let cancelled = spawn(sleep(ms(5)));
        cancelled.cancel();
        let results = gather_tasks([panics, cancelled, spawn(async {})]).await;
        let [panics, cancelled, ended] = &results[..] else { panic!("three") };
        assert!(panics.as_ref().unwrap_err().to_string().contains("boom"));
        assert!(is_cancelled(cancelled) && ended.is_ok());
    });
}

async fn fails(n: u64) -> Result<u64, String> {
    sleep(ms(n)).await;
    assert!(n != 1, "boom");
    if n.is_multiple_of(2) { Ok(n) } else { Err(format!("{n}")) }
}

#[derive(Debug, PartialEq)]
struct Failed(String);

impl From<JoinError> for Failed {
    fn from(error: JoinError) -> Self {
        Failed(error.to_string())
    }
}

async fn failing(n: u64) -> Result<u64, Failed> {
    fails(n).await.map_err(Failed)
}

#[test]
fn the_first_error_in_time_is_returned_at_once_and_the_others_go_on() {
    let alive = Alive::default();
    run(async {
        let before = ch06_tasks::now();
        let one = alive.one();
        let all = [30, 15, 5, 40].map(failing);
        let result = try_gather(all).await;
        assert_eq!(result, Err(Failed("5".into())));
        assert_eq!(ch06_tasks::now(), before + ms(5));
        assert_eq!(ch06_tasks::all_tasks().len(), 4, "three go on");
        sleep(ms(100)).await;
        drop(one);
    });
}

#[test]
fn without_an_error_there_are_plain_values() {
    let (result, took) = run(try_gather_now([30, 10]));
    assert_eq!((result, took), (Ok(vec![30, 10]), ms(30)));
}

/// Made inside the loop.
async fn try_gather_now<const N: usize>(all: [u64; N]) -> Result<Vec<u64>, Failed> {
    try_gather(all.map(failing)).await
}

#[test]
fn a_panic_is_an_error_and_a_later_one_is_reported() {
    let world = World::new();
    world.runtime.block_on(async {
        let error = try_gather([failing(3), failing(1)]).await.unwrap_err();
        assert!(error.0.contains("boom"), "{error:?}");
        let both = gather([failing(1), failing(4)]);
        drop(both);
        sleep(ms(10)).await;
    });
    let reports = world.reports.borrow();
    assert_eq!(reports.len(), 1, "that of the group that was dropped: {reports:?}");
}

#[test]
fn a_gather_that_is_dropped_lets_its_tasks_go_on() {
    let alive = Alive::default();
    let ((), took) = run(async {
        let group = gather([10, 20].map(|n| sleeper(&alive, n)));
        settle().await;
        drop(group);
        settle().await;
        assert_eq!(alive.count(), 2);
        sleep(ms(20)).await;
    });
    assert_eq!((alive.count(), took), (0, ms(20)));
}

#[test]
fn a_gather_that_is_dropped_leaves_no_callback_in_its_tasks() {
    run(async {
        let task = spawn(sleep(ms(10)));
        let promise = task.promise().clone();
        drop(gather_tasks([task]));
        let next = promise.add_done_callback(|_| ());
        assert!((1..next).all(|number| !promise.remove_done_callback(number)));
        sleep(ms(10)).await;
    });
}

#[test]
fn a_gather_that_is_cancelled_waits_for_the_clean_up_of_its_tasks() {
    let asked = Rc::new(Cell::new(0));
    let ((), took) = run(async {
        let to = asked.clone();
        let parent = started(async move {
            gather([5, 30].map(|n| cleans_up(ms(n), to.clone()))).await;
        });
        let parent = parent.await;
        parent.cancel_with("enough");
        let error = parent.await.unwrap_err();
        assert_eq!(error.why().unwrap().0.as_deref(), Some("enough"));
        assert_eq!(ch06_tasks::all_tasks().len(), 1, "nobody is forgotten");
    });
    assert_eq!((asked.get(), took), (2, ms(30)));
}

#[test]
fn a_cancel_during_the_clean_up_is_passed_on_and_still_waits() {
    let asked = Rc::new(Cell::new(0));
    let ((), took) = run(async {
        let to = asked.clone();
        let parent =
            started(async move { gather([cleans_up(ms(30), to.clone())]).await }).await;
        parent.cancel_with("first");
        sleep(ms(10)).await;
        parent.cancel_with("second");
        let error = parent.await.unwrap_err();
        assert_eq!(error.why().unwrap().0.as_deref(), Some("second"));
    });
    assert_eq!((asked.get(), took), (2, ms(40)));
}

#[test]
fn a_task_that_refuses_is_waited_for_and_the_cancel_goes_on() {
    let ((), took) = run(async {
        let parent = started(async { gather([refuses()]).await }).await;
        parent.cancel();
        assert!(is_cancelled(&parent.await.map(drop)));
    });
    assert_eq!(took, ms(100));
}

#[test]
fn a_group_can_be_cancelled_and_says_whether_there_was_anyone() {
    run(async {
        let group = gather([sleep(ms(5)), sleep(ms(10))]);
        settle().await;
        assert!(group.cancel());
        settle().await;
        assert!(!group.cancel(), "all have ended");
        assert!(group.await.iter().all(is_cancelled));
    });
}

#[test]
fn groups_can_be_gathered_and_a_cancel_reaches_all_of_them() {
    let asked = Rc::new(Cell::new(0));
    let ((), took) = run(async {
        let group = || gather([1, 2].map(|n| cleans_up(ms(n), asked.clone())));
        let both = gather([group(), group()]);
        settle().await;
        both.cancel();
        assert!(both.await.iter().all(is_cancelled));
    });
    assert_eq!((asked.get(), took), (4, ms(2)));
}

#[test]
fn no_more_than_the_limit_run_and_the_next_starts_when_one_ends() {
    let (alive, peak) = (Alive::default(), Rc::new(Cell::new(0)));
    let (results, took) = run(async {
        let call = |n| {
            let (alive, peak) = (alive.clone(), peak.clone());
            async move {
                let _one = alive.one();
                peak.set(peak.get().max(alive.count()));
                sleep(ms(1)).await;
                n
            }
        };
        gather_bounded(100, (0..1000).map(call)).await
    });
    let results: Vec<i32> = results.into_iter().flatten().collect();
    assert_eq!(results, (0..1000).collect::<Vec<_>>());
    assert_eq!((peak.get(), alive.count(), took), (100, 0, ms(10)));
}

#[test]
fn a_bounded_gather_that_is_cancelled_starts_nobody_any_more() {
    let asked = Rc::new(Cell::new(0));
    run(async {
        let to = asked.clone();
        let calls = move |_| cleans_up(ms(5), to.clone());
        let parent = started(gather_bounded(3, (0..10).map(calls))).await;
        parent.cancel();
        assert!(is_cancelled(&parent.await.map(drop)));
    });
    assert_eq!(asked.get(), 3);
}

#[test]
fn a_limit_of_none_is_refused() {
    let message = panic_of(|| run(gather_bounded(0, [sleep_one()])));
    assert_eq!(message, "with a limit of 0 nothing could ever run");
}

async fn sleep_one() {
    sleep(ms(1)).await;
}
