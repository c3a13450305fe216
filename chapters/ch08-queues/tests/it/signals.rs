//! Events, calls, conditions, barriers.

use std::rc::Rc;

use ch06_tasks::{catch_cancel, spawn, yield_now};
use ch08_queues::{Barrier, BrokenBarrier, Condition, Event, Mutex, Notify};

use crate::{Log, poll, runtime, waiting};

#[test]
fn a_set_event_wakes_all_in_order_even_if_it_is_cleared_before_they_run() {
    let (log, event) = (Log::default(), Rc::new(Event::new()));
    runtime().block_on(async {
        for name in ["a", "b"] {
            let event = event.clone();
            drop(log.after(name, async move { event.wait().await }));
        }
        yield_now().await;
        event.set();
        event.clear();
        let mut late = waiting(event.wait()).await;
        yield_now().await;
        assert!(poll(&mut late).await.is_none());
    });
    assert_eq!(log.lines(), ["a", "b"]);
}

#[test]
fn to_wait_for_an_event_that_is_set_takes_no_turn() {
    runtime().block_on(async {
        let event = Event::default();
        event.set();
        assert!(event.is_set());
        assert!(poll(&mut Box::pin(event.wait())).await.is_some());
    });
}

#[test]
fn a_call_before_the_wait_is_kept_and_only_one() {
    runtime().block_on(async {
        let notify = Notify::default();
        notify.notify_one();
        notify.notify_one();
        notify.notified().await;
        let _waits = waiting(notify.notified()).await;
    });
}

#[test]
fn a_call_to_all_is_kept_for_nobody() {
    runtime().block_on(async {
        let notify = Notify::new();
        let mut a = waiting(notify.notified()).await;
        let mut b = waiting(notify.notified()).await;
        notify.notify_waiters();
        let mut late = waiting(notify.notified()).await;
        assert!(poll(&mut a).await.is_some() && poll(&mut b).await.is_some());
        assert!(poll(&mut late).await.is_none());
    });
}

#[test]
fn a_call_that_goes_unheard_is_passed_on_or_kept() {
    runtime().block_on(async {
        let notify = Notify::new();
        let first = waiting(notify.notified()).await;
        let mut second = waiting(notify.notified()).await;
        notify.notify_one();
        drop(first);
        assert!(poll(&mut second).await.is_some(), "passed on");
        let third = waiting(notify.notified()).await;
        notify.notify_one();
        drop(third);
        notify.notified().await;
    });
}

#[test]
fn a_call_to_all_that_goes_unheard_is_not_passed_on() {
    runtime().block_on(async {
        let notify = Notify::new();
        let first = waiting(notify.notified()).await;
        notify.notify_waiters();
        drop(first);
        let _waits = waiting(notify.notified()).await;
    });
}

#[test]
fn who_is_called_waits_for_the_lock_in_the_order_of_arrival() {
    let log = Log::default();
    let shared = Rc::new((Mutex::new(()), Condition::default()));
    runtime().block_on(async {
        for n in 0..3 {
            let shared = shared.clone();
            drop(log.after(n, async move {
                let guard = shared.0.lock().await;
                let _guard = shared.1.wait(guard).await;
                yield_now().await;
            }));
        }
        yield_now().await;
        let (lock, condition) = &*shared;
        assert!(!lock.is_locked(), "who waits has let go of it");
        let guard = lock.lock().await;
        condition.notify(2);
        yield_now().await;
        assert!(log.lines().is_empty(), "the lock is held");
        drop(guard);
        for _ in 0..4 {
            yield_now().await;
        }
    });
    assert_eq!(log.lines(), ["0", "1"]);
}

#[test]
fn a_called_waiter_that_is_dropped_passes_the_call_on() {
    runtime().block_on(async {
        let (lock, condition) = (Mutex::new(()), Condition::new());
        let first = waiting(condition.wait(lock.lock().await)).await;
        let mut second = waiting(condition.wait(lock.lock().await)).await;
        condition.notify_one();
        drop(first);
        assert!(poll(&mut second).await.is_some());
        assert!(!lock.is_locked());
    });
}

#[test]
fn one_that_was_called_and_dropped_at_the_lock_passes_the_call_on() {
    runtime().block_on(async {
        let (lock, condition) = (Mutex::new(()), Condition::new());
        let mut first = waiting(condition.wait(lock.lock().await)).await;
        let mut second = waiting(condition.wait(lock.lock().await)).await;
        let guard = lock.lock().await;
        condition.notify_one();
        assert!(poll(&mut first).await.is_none(), "the lock is held");
        drop(first);
        drop(guard);
        assert!(poll(&mut second).await.is_some());
    });
}

#[test]
fn a_cancelled_wait_has_no_lock() {
    runtime().block_on(async {
        let shared = Rc::new((Mutex::new(()), Condition::new()));
        let inside = shared.clone();
        let task = spawn(async move {
            let guard = inside.0.lock().await;
            let wait = async { drop(inside.1.wait(guard).await) };
            assert!(catch_cancel(wait).await.is_err());
            assert!(!inside.0.is_locked());
        });
        yield_now().await;
        task.cancel();
        task.await.unwrap();
    });
}

#[test]
fn wait_while_looks_again_each_time_it_is_called() {
    let log = Log::default();
    runtime().block_on(async {
        let shared = Rc::new((Mutex::new(0), Condition::new()));
        let inside = shared.clone();
        let task = log.after("three", async move {
            let guard = inside.0.lock().await;
            let guard = inside.1.wait_while(guard, |n| *n < 3).await;
            assert_eq!(*guard, 3);
        });
        for n in 1..=3 {
            yield_now().await;
            assert!(log.lines().is_empty());
            *shared.0.lock().await = n;
            shared.1.notify_all();
        }
        task.await.unwrap();
    });
}

#[test]
fn a_barrier_lets_parties_of_its_size_pass() {
    runtime().block_on(async {
        let barrier = Barrier::new(3);
        for _ in 0..2 {
            let mut a = waiting(barrier.wait()).await;
            let mut b = waiting(barrier.wait()).await;
            assert_eq!(barrier.n_waiting(), 2);
            assert!(barrier.wait().await.unwrap().is_leader());
            assert_eq!(
                barrier.n_waiting(),
                0,
                "the next party can meet before this has gone"
            );
            for one in [&mut a, &mut b] {
                let passed = poll(one).await.expect("all have come").unwrap();
                assert!(!passed.is_leader());
            }
        }
    });
}

#[test]
fn a_member_that_is_dropped_was_never_there() {
    runtime().block_on(async {
        let barrier = Barrier::new(2);
        drop(waiting(barrier.wait()).await);
        let mut second = waiting(barrier.wait()).await;
        assert!(barrier.wait().await.unwrap().is_leader());
        assert!(poll(&mut second).await.is_some());
    });
}

#[test]
fn a_member_that_is_cancelled_is_not_counted_from_that_moment() {
    runtime().block_on(async {
        let barrier = Rc::new(Barrier::new(2));
        let inside = barrier.clone();
        let member = spawn(async move { inside.wait().await });
        yield_now().await;
        assert_eq!(barrier.n_waiting(), 1);
        member.cancel();
        assert_eq!(barrier.n_waiting(), 0);
        let _waits = waiting(barrier.wait()).await;
    });
}

#[test]
fn a_member_that_is_dropped_after_the_last_came_was_there() {
    runtime().block_on(async {
        let barrier = Barrier::new(2);
        let first = waiting(barrier.wait()).await;
        assert!(barrier.wait().await.is_ok());
        drop(first);
        let _waits = waiting(barrier.wait()).await;
    });
}

#[test]
fn a_barrier_that_is_broken_sends_all_away_until_it_is_reset() {
    runtime().block_on(async {
        let barrier = Barrier::new(2);
        let mut first = waiting(barrier.wait()).await;
        barrier.abort();
        assert_eq!(poll(&mut first).await, Some(Err(BrokenBarrier)));
        assert_eq!(barrier.wait().await, Err(BrokenBarrier));
        barrier.reset();
        let mut first = waiting(barrier.wait()).await;
        barrier.reset();
        assert_eq!(poll(&mut first).await, Some(Err(BrokenBarrier)));
        let _waits = waiting(barrier.wait()).await;
    });
}
