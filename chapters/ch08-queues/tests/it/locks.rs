//! Locks.

use std::rc::Rc;

use ch06_tasks::{sleep, spawn, yield_now};
use ch08_queues::{Mutex, TryLockError};

use crate::{Log, ms, poll, runtime, waiting};

#[test]
fn a_lock_is_held_across_an_await() {
    let counter = Rc::new(Mutex::new(0));
    runtime().block_on(async {
        let tasks = [(); 3].map(|()| {
            let counter = counter.clone();
            spawn(async move {
                let mut counter = counter.lock().await;
                let before = *counter;
                sleep(ms(1)).await;
                *counter = before + 1;
            })
        });
        for task in tasks {
            task.await.unwrap();
        }
    });
    assert_eq!(*counter.try_lock().unwrap(), 3);
}

#[test]
fn a_lock_goes_to_the_first_in_line_and_nobody_takes_it_on_the_way() {
    runtime().block_on(async {
        let lock = Mutex::new(());
        let held = lock.lock().await;
        let mut first = waiting(lock.lock()).await;
        drop(held);
        assert!(lock.is_locked(), "the first in line has it, and hasn't run");
        assert_eq!(lock.try_lock().err(), Some(TryLockError));
        let mut newcomer = waiting(lock.lock()).await;
        drop(poll(&mut first).await.expect("it was woken"));
        drop(poll(&mut newcomer).await.expect("it was woken"));
        assert!(!lock.is_locked());
    });
}

#[test]
fn a_woken_task_that_is_dropped_passes_the_lock_on() {
    runtime().block_on(async {
        let lock = Mutex::new(());
        let held = lock.lock().await;
        let first = waiting(lock.lock()).await;
        let mut second = waiting(lock.lock()).await;
        drop(held);
        drop(first);
        drop(poll(&mut second).await.expect("it was passed on"));
        assert!(!lock.is_locked());
    });
}

#[test]
fn a_panic_unlocks_and_poisons_nothing() {
    let log = Log::default();
    runtime().block_on(async {
        let lock = Rc::new(Mutex::new(1));
        let inside = lock.clone();
        let bad = spawn(async move {
            let mut value = inside.lock().await;
            *value = 2;
            yield_now().await;
            panic!("boom");
        });
        yield_now().await;
        let next = lock.clone();
        let good = log.after("locked", async move { assert_eq!(*next.lock().await, 2) });
        assert!(bad.await.unwrap_err().is_panic());
        good.await.unwrap();
    });
    assert_eq!(log.lines(), ["locked"]);
}

#[test]
fn who_owns_all_of_it_needs_no_lock() {
    let mut lock = Mutex::new(1);
    *lock.get_mut() += 1;
    assert_eq!(lock.into_inner(), 2);
}
