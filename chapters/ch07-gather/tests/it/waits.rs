//! `wait`, `as_completed`.

use std::time::Duration;

use ch06_tasks::{Promise, now, sleep, spawn};
use ch07_gather::{
    all_completed, as_completed, first_completed, first_error, gather_tasks, timeout,
    wait,
};

use crate::{Alive, is_cancelled, ms, run, settle, sleeper, started};

#[test]
fn the_first_is_enough_and_all_are_handed_back_in_order() {
    let alive = Alive::default();
    run(async {
        let tasks = [30, 10, 20].map(|n| spawn(sleeper(&alive, n)));
        let ids: Vec<_> = tasks.iter().map(|task| task.id()).collect();
        let found = wait(tasks, first_completed, None).await;
        assert_eq!((now(), found.done[0].id()), (ms(10), ids[1]));
        let pending: Vec<_> = found.pending.iter().map(|task| task.id()).collect();
        assert_eq!(pending, [ids[0], ids[2]]);
        assert!(gather_tasks(found.pending).await.iter().all(Result::is_ok));
    });
}

#[test]
fn what_ended_in_the_same_turn_is_found_too() {
    let alive = Alive::default();
    let ((done, pending), _) = run(async {
        let tasks = [10, 10, 20].map(|n| spawn(sleeper(&alive, n)));
        let found = wait(tasks, first_completed, None).await;
        let counts = (found.done.len(), found.pending.len());
        gather_tasks(found.pending).await;
        counts
    });
    assert_eq!((done, pending), (2, 1));
}

#[test]
fn an_error_and_a_panic_are_failures_and_a_cancel_is_not() {
    for fails in [false, true] {
        let (counts, _) = run(async {
            let cancelled = spawn(sleep(ms(1)));
            let cancelled_too = spawn(async {
                cancelled.await.unwrap();
                Ok::<(), ()>(())
            });
            settle().await;
            cancelled_too.cancel();
            let failing = spawn(async move {
                sleep(ms(2)).await;
                assert!(!fails, "boom");
                Err(())
            });
            let long = spawn(async {
                sleep(ms(9)).await;
                Ok(())
            });
            let found = wait([cancelled_too, failing, long], first_error, None).await;
            let counts = (now(), found.done.len(), found.pending.len());
            let ended = gather_tasks(found.done).await;
            assert!(is_cancelled(&ended[0]), "the cancelled one did not end the wait");
            gather_tasks(found.pending).await;
            counts
        });
        assert_eq!(counts, (ms(2), 2, 1));
    }
}

#[test]
fn a_wait_that_is_over_in_time_cancels_nobody() {
    let alive = Alive::default();
    run(async {
        let tasks = [10, 20].map(|n| spawn(sleeper(&alive, n)));
        let found = wait(tasks, all_completed, Some(ms(15))).await;
        assert_eq!((now(), found.done.len(), found.pending.len()), (ms(15), 1, 1));
        assert_eq!(alive.count(), 1);
        assert_eq!(gather_tasks(found.pending).await[0].clone().unwrap(), 20);
    });
}

#[test]
fn of_nothing_or_for_no_time_a_wait_is_short() {
    let alive = Alive::default();
    run(async {
        let none = wait::<u64>([], all_completed, None).await;
        assert!(none.done.is_empty() && none.pending.is_empty());
        let found = wait([spawn(sleeper(&alive, 5))], all_completed, Some(ms(0))).await;
        assert_eq!((now(), found.pending.len()), (ms(0), 1));
        let found = wait(found.pending, all_completed, Some(Duration::MAX)).await;
        assert_eq!((now(), found.done.len()), (ms(5), 1));
    });
}

#[test]
fn a_wait_leaves_no_callback_behind() {
    run(async {
        let counted = Alive::default();
        let one = counted.one();
        let mut tasks = vec![spawn(sleep(ms(1000)))];
        for _ in 0..100 {
            let (keep, found) = (one.0.clone(), ms(1));
            tasks = wait(tasks, all_completed, Some(found)).await.pending;
            drop(keep);
        }
        // The next number shows how many were ever added, and a removed one can't be
        // removed again.
        let last = tasks[0].promise().add_done_callback(|_| ());
        let left = (1..last).filter(|n| tasks[0].promise().remove_done_callback(*n));
        assert_eq!(left.count(), 0);
        gather_tasks(tasks).await;
    });
}

#[test]
fn a_wait_that_is_cancelled_leaves_its_tasks_alone() {
    let alive = Alive::default();
    let ((), took) = run(async {
        let tasks = [10, 20].map(|n| spawn(sleeper(&alive, n)));
        let parent = started(wait(tasks, all_completed, None)).await;
        parent.cancel();
        assert!(is_cancelled(&parent.await.map(drop)));
        assert_eq!(alive.count(), 2);
        sleep(ms(20)).await;
    });
    assert_eq!((took, alive.count()), (ms(20), 0));
}

#[test]
fn results_come_in_the_order_of_completion_ties_in_that_of_their_ends() {
    let alive = Alive::default();
    let (order, _) = run(async {
        let mut results =
            as_completed([30, 10, 20, 10].map(|n| spawn(sleeper(&alive, n))));
        let mut order = Vec::new();
        while let Some(result) = results.next().await {
            order.push(result.unwrap());
        }
        assert!(results.next().await.is_none(), "and it stays so");
        order
    });
    assert_eq!(order, [10, 10, 20, 30]);
}

#[test]
fn a_next_that_is_dropped_has_taken_nothing() {
    let alive = Alive::default();
    run(async {
        let mut results = as_completed([10, 20].map(|n| spawn(sleeper(&alive, n))));
        for _ in 0..5 {
            assert!(timeout(ms(1), results.next()).await.is_err());
        }
        assert_eq!(results.next().await.unwrap().unwrap(), 10);
        assert_eq!(results.next().await.unwrap().unwrap(), 20);
    });
}

#[test]
fn as_completed_gives_panics_too_and_dropped_it_lets_go() {
    run(async {
        let mut results = as_completed([1, 2, 3].map(|n| {
            spawn(async move {
                sleep(ms(n)).await;
                assert!(n > 1, "boom");
                n
            })
        }));
        assert!(results.next().await.unwrap().unwrap_err().is_panic());
        assert_eq!(results.next().await.unwrap().unwrap(), 2);
        drop(results);
        assert_eq!(ch06_tasks::all_tasks().len(), 2);
        sleep(ms(5)).await;
    });
}

#[test]
fn a_handle_whose_promise_was_given_up_on_counts_as_done() {
    run(async {
        let task = spawn(sleep(ms(10)));
        settle().await;
        Promise::cancel(task.promise());
        let found = wait([task], all_completed, None).await;
        assert_eq!((now(), found.done.len()), (ms(0), 1));
        sleep(ms(10)).await;
    });
}
