//! The line, seen through permits.

use std::future::{pending, poll_fn};
use std::pin::pin;
use std::rc::Rc;

use ch06_tasks::{catch_cancel, spawn, yield_now};
use ch08_queues::{AcquireError, Semaphore, TryAcquireError};

use crate::{Log, panic_of, poll, runtime, waiting};

#[test]
fn permits_go_to_those_who_wait_in_order_of_arrival() {
    let (log, permits) = (Log::default(), Rc::new(Semaphore::new(0)));
    runtime().block_on(async {
        for name in ["a", "b", "c"] {
            let permits = permits.clone();
            drop(
                log.after(name, async move { permits.acquire().await.unwrap().forget() }),
            );
        }
        yield_now().await;
        permits.add_permits(1);
        permits.add_permits(2);
        yield_now().await;
    });
    assert_eq!(log.lines(), ["a", "b", "c"]);
}

#[test]
fn nobody_gets_in_between_a_wake_and_the_turn_of_the_woken() {
    runtime().block_on(async {
        let permits = Semaphore::new(1);
        let held = permits.acquire().await.unwrap();
        let mut first = waiting(permits.acquire()).await;
        drop(held);
        assert_eq!(permits.available_permits(), 0, "it is promised");
        assert_eq!(permits.try_acquire().err(), Some(TryAcquireError::NoPermits));
        let mut newcomer = waiting(permits.acquire()).await;
        let first = poll(&mut first).await.expect("it was woken").unwrap();
        assert!(poll(&mut newcomer).await.is_none());
        drop(first);
        assert!(poll(&mut newcomer).await.is_some());
    });
}

#[test]
fn a_woken_waiter_that_is_dropped_passes_its_permit_on() {
    runtime().block_on(async {
        let permits = Semaphore::new(0);
        let first = waiting(permits.acquire()).await;
        let mut second = waiting(permits.acquire()).await;
        permits.add_permits(1);
        assert!(poll(&mut second).await.is_none());
        drop(first);
        assert!(poll(&mut second).await.is_some());
        assert_eq!(permits.available_permits(), 1, "its permit came back");
    });
}

/// Cancelled or aborted, in the very turn in which it was woken.
fn passed_on(stop: fn(&ch06_tasks::Task)) -> Vec<String> {
    let (log, permits) = (Log::default(), Rc::new(Semaphore::new(0)));
    runtime().block_on(async {
        let [first, _second] = ["first", "second"].map(|name| {
            let permits = permits.clone();
            log.after(name, async move { permits.acquire().await.unwrap().forget() })
        });
        yield_now().await;
        permits.add_permits(1);
        stop(&first);
        yield_now().await;
        yield_now().await;
    });
    log.lines()
}

#[test]
fn a_woken_task_that_is_cancelled_or_aborted_passes_its_permit_on() {
    assert_eq!(passed_on(|task| assert!(task.cancel())), ["second"]);
    assert_eq!(passed_on(ch06_tasks::Task::abort), ["second"]);
}

#[test]
fn a_cancelled_waiter_is_passed_over_before_it_has_left() {
    let (log, permits) = (Log::default(), Rc::new(Semaphore::new(0)));
    runtime().block_on(async {
        let [first, _second] = ["first", "second"].map(|name| {
            let permits = permits.clone();
            log.after(name, async move { permits.acquire().await.unwrap().forget() })
        });
        yield_now().await;
        first.cancel();
        permits.add_permits(1);
        yield_now().await;
    });
    assert_eq!(log.lines(), ["second"], "in the turn after, not a turn later");
}

#[test]
fn one_who_needs_much_is_not_passed_by_one_who_needs_little() {
    runtime().block_on(async {
        let permits = Semaphore::new(1);
        let mut much = waiting(permits.acquire_many(3)).await;
        assert_eq!(permits.try_acquire().err(), Some(TryAcquireError::NoPermits));
        let mut little = waiting(permits.acquire()).await;
        permits.add_permits(1);
        assert!(poll(&mut little).await.is_none(), "two are there, for the other");
        permits.add_permits(1);
        assert!(poll(&mut little).await.is_none());
        drop(poll(&mut much).await.expect("three are there").unwrap());
        assert!(poll(&mut little).await.is_some());
    });
}

#[test]
fn when_one_who_needs_much_gives_up_those_behind_it_are_served() {
    runtime().block_on(async {
        let permits = Semaphore::new(2);
        let much = waiting(permits.acquire_many(3)).await;
        let [mut b, mut c] =
            [waiting(permits.acquire()).await, waiting(permits.acquire()).await];
        drop(much);
        assert!(poll(&mut b).await.is_some());
        assert!(poll(&mut c).await.is_some());
    });
}

#[test]
fn a_close_sends_away_who_waits_and_who_comes() {
    runtime().block_on(async {
        let permits = Semaphore::new(0);
        let mut served = waiting(permits.acquire()).await;
        let mut waits = waiting(permits.acquire()).await;
        permits.add_permits(1);
        permits.close();
        assert!(poll(&mut served).await.expect("it was woken").is_ok(), "served before");
        assert_eq!(
            poll(&mut waits).await.expect("it was woken").err(),
            Some(AcquireError)
        );
        assert_eq!(permits.acquire().await.err(), Some(AcquireError));
        assert_eq!(permits.try_acquire().err(), Some(TryAcquireError::Closed));
    });
}

#[test]
fn a_permit_is_given_back_when_it_is_dropped_unless_it_is_forgotten() {
    let permits = Semaphore::new(3);
    let two = permits.try_acquire_many(2).unwrap();
    assert_eq!(permits.available_permits(), 1);
    drop(two);
    assert_eq!(permits.available_permits(), 3);
    permits.try_acquire().unwrap().forget();
    assert_eq!(permits.available_permits(), 2);
}

#[test]
fn a_bounded_semaphore_takes_no_permit_that_nobody_had() {
    let permits = Semaphore::bounded(1);
    let said = panic_of(|| permits.add_permits(1));
    assert_eq!(said, "a permit was given back that nobody had");
    assert_eq!(permits.available_permits(), 1);
}

#[test]
fn a_thousand_waiters_are_served_in_order_of_arrival() {
    let (log, permits) = (Log::default(), Rc::new(Semaphore::new(3)));
    runtime().block_on(async {
        let tasks: Vec<_> = (0..1000)
            .map(|n| {
                let (log, permits) = (log.clone(), permits.clone());
                spawn(async move {
                    let _permit = permits.acquire().await;
                    log.say(&n);
                    yield_now().await;
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
    });
    let expected: Vec<_> = (0..1000).map(|n| n.to_string()).collect();
    assert_eq!(log.lines(), expected);
    assert_eq!(permits.available_permits(), 3);
}

/// Two scopes side by side in one task: the request goes to the promise of the one, and
/// the other, entered last, catches it.
#[test]
fn a_waiter_whose_cancel_was_caught_elsewhere_keeps_its_place() {
    let (log, permits) = (Log::default(), Rc::new(Semaphore::new(0)));
    runtime().block_on(async {
        let (inner, said) = (permits.clone(), log.clone());
        let task = spawn(async move {
            let mut waits = pin!(catch_cancel(inner.acquire()));
            let mut catches = pin!(catch_cancel(pending::<()>()));
            let permit = poll_fn(|cx| {
                let permit = waits.as_mut().poll(cx);
                if log.lines().is_empty() && catches.as_mut().poll(cx).is_ready() {
                    log.say(&"caught beside it");
                }
                permit
            });
            permit.await.expect("not cancelled").expect("not closed").forget();
            log.say(&"the first");
        });
        yield_now().await;
        let later = permits.clone();
        drop(
            said.after(
                "the second",
                async move { later.acquire().await.unwrap().forget() },
            ),
        );
        yield_now().await;
        assert!(task.cancel());
        yield_now().await;
        permits.add_permits(2);
        yield_now().await;
        assert_eq!(said.lines(), ["caught beside it", "the first", "the second"]);
    });
}

#[test]
fn who_waits_says_for_what() {
    let said = panic_of(|| {
        runtime().block_on(async {
            let permits = Semaphore::new(0).named("a table");
            let _never = permits.acquire().await;
        });
    });
    assert_eq!(said, "deadlock: Task-1 waits for a table");
}
