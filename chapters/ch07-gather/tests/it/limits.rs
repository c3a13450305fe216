//! `timeout` and `wait_for`.

use std::cell::Cell;
use std::future::ready;
use std::rc::Rc;
use std::time::Duration;

use ch06_tasks::{current_task, now, sleep, spawn, yield_now};
use ch07_gather::{Elapsed, timeout, wait_for};

use crate::{
    Alive, World, cleans_up, is_cancelled, ms, panic_of, refuses, run, sleeper, started,
};

#[test]
fn at_the_deadline_the_future_is_dropped() {
    let alive = Alive::default();
    let (result, took) = run(timeout_in(ms(5), &alive, 50));
    assert_eq!((result, took, alive.count()), (Err(Elapsed), ms(5), 0));
}

/// Inside the loop.
async fn timeout_in(limit: Duration, alive: &Alive, takes: u64) -> Result<u64, Elapsed> {
    timeout(limit, sleeper(alive, takes)).await
}

#[test]
fn a_result_that_is_there_at_the_deadline_counts() {
    let alive = Alive::default();
    assert_eq!(run(timeout_in(ms(5), &alive, 5)).0, Ok(5));
    assert_eq!(run(timeout_in(ms(5), &alive, 6)).0, Err(Elapsed));
}

#[test]
fn the_time_runs_from_the_call_and_not_from_the_first_poll() {
    let alive = Alive::default();
    let (result, took) = run(async {
        let limited = timeout(ms(5), sleeper(&alive, 50));
        sleep(ms(3)).await;
        limited.await
    });
    assert_eq!((result, took), (Err(Elapsed), ms(5)));
}

#[test]
fn for_no_time_a_future_has_one_turn_and_for_ever_it_has_all() {
    let alive = Alive::default();
    run(async {
        assert_eq!(timeout(Duration::ZERO, ready(1)).await, Ok(1));
        assert_eq!(timeout(Duration::ZERO, yield_now()).await, Ok(()));
        assert_eq!(timeout(Duration::ZERO, sleeper(&alive, 1)).await, Err(Elapsed));
        assert_eq!(now(), ms(0));
        assert_eq!(timeout(Duration::MAX, sleeper(&alive, 7)).await, Ok(7));
        assert_eq!(now(), ms(7));
    });
}

#[test]
fn the_inner_of_two_limits_at_the_same_time_wins() {
    let (result, _) = run(async { timeout(ms(5), timeout(ms(5), sleep(ms(50)))).await });
    assert_eq!(result, Ok(Err(Elapsed)));
}

#[test]
fn a_limit_counts_no_cancel() {
    run(async {
        assert_eq!(timeout(ms(5), sleep(ms(50))).await, Err(Elapsed));
        assert_eq!(wait_for(ms(5), sleep(ms(50))).await, Err(Elapsed));
        assert_eq!(current_task().unwrap().cancelling(), 0);
    });
}

#[test]
fn a_wait_for_that_is_late_waits_for_the_clean_up() {
    let asked = Rc::new(Cell::new(0));
    let (result, took) = run(wait_for(ms(10), cleans_up(ms(30), asked.clone())));
    assert_eq!((result, took, asked.get()), (Err(Elapsed), ms(40), 1));
}

#[test]
fn a_value_or_a_panic_after_the_cancel_wins() {
    let (result, took) = run(wait_for(ms(10), refuses()));
    assert_eq!((result, took), (Ok(7), ms(110)));
    let world = World::new();
    let panics = async {
        let _ = ch06_tasks::catch_cancel(sleep(ms(50))).await;
        panic!("boom");
    };
    let message = panic_of(|| world.runtime.block_on(wait_for(ms(10), panics)));
    assert_eq!((message.as_str(), world.reports.borrow().len()), ("boom", 0));
}

#[test]
fn for_no_time_a_task_begins_and_is_asked_to_stop_and_for_ever_it_ends() {
    let alive = Alive::default();
    let (result, took) = run(wait_for(Duration::ZERO, sleeper(&alive, 5)));
    assert_eq!((result, took, alive.count()), (Err(Elapsed), ms(0), 0));
    let (result, took) = run(wait_for(Duration::MAX, sleeper(&alive, 5)));
    assert_eq!((result, took), (Ok(5), ms(5)));
}

#[test]
fn a_cancel_of_the_caller_reaches_the_task_which_is_waited_for() {
    let asked = Rc::new(Cell::new(0));
    let ((), took) = run(async {
        let parent = started(wait_for(ms(500), cleans_up(ms(30), asked.clone()))).await;
        parent.cancel_with("first");
        sleep(ms(10)).await;
        parent.cancel_with("second");
        let error = parent.await.unwrap_err();
        assert_eq!(error.why().unwrap().0.as_deref(), Some("second"));
    });
    assert_eq!((asked.get(), took), (2, ms(40)));
}

#[test]
fn a_cancel_during_the_clean_up_of_a_late_task_goes_on() {
    let asked = Rc::new(Cell::new(0));
    let ((), took) = run(async {
        let parent = started(wait_for(ms(10), cleans_up(ms(30), asked.clone()))).await;
        sleep(ms(20)).await;
        parent.cancel();
        assert!(is_cancelled(&parent.await.map(drop)));
    });
    assert_eq!((asked.get(), took), (2, ms(50)));
}

#[test]
fn a_task_cancelled_by_another_cancels_the_caller() {
    let ((), took) = run(async {
        let parent = spawn(async {
            let cancels_itself = async {
                current_task().unwrap().cancel();
                sleep(ms(50)).await;
            };
            wait_for(ms(10), cancels_itself).await
        });
        assert!(is_cancelled(&parent.await.map(drop)));
    });
    assert_eq!(took, ms(0));
}

#[test]
fn a_wait_for_that_is_dropped_aborts_its_task() {
    let alive = Alive::default();
    run(async {
        let late = timeout(ms(5), wait_for(ms(50), sleeper(&alive, 500))).await;
        assert_eq!((late, now()), (Err(Elapsed), ms(5)));
    });
    assert_eq!(alive.count(), 0);
}
