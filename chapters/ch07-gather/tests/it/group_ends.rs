//! Task groups that end in other ways.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ch06_tasks::{all_tasks, call_at, call_soon, catch_cancel, sleep, yield_now};
use ch07_gather::{task_group, timeout};

use crate::groups::{Failed, fails, texts, well};
use crate::{Alive, World, ms, panic_of, run, settle, sleeper, started};

#[test]
fn a_parent_that_is_aborted_leaves_no_orphan() {
    let alive = Alive::default();
    run(async {
        let there = alive.clone();
        let parent = started(task_group::<_, Failed>(async move |group| {
            let _ = [10, 20].map(|n| group.spawn(well(sleeper(&there, n))));
            sleep(ms(1000)).await;
            Ok(())
        }))
        .await;
        parent.abort();
        assert!(parent.await.is_err());
        settle().await;
        assert_eq!((alive.count(), all_tasks().len()), (0, 1));
    });
}

#[test]
fn a_group_that_is_dropped_and_a_body_that_panics_leave_no_orphan() {
    let alive = Alive::default();
    run(async {
        let block = task_group::<_, Failed>(async |group| {
            group.spawn(well(sleeper(&alive, 100)));
            Ok(())
        });
        assert!(timeout(ms(5), block).await.is_err());
        settle().await;
        assert_eq!(alive.count(), 0);
        let there = alive.clone();
        let parent = started(task_group::<(), Failed>(async move |group| {
            group.spawn(well(sleeper(&there, 100)));
            yield_now().await;
            panic!("boom")
        }));
        assert!(parent.await.await.map(drop).unwrap_err().is_panic());
        settle().await;
        assert_eq!(alive.count(), 0);
    });
}

#[test]
fn in_a_group_that_fails_a_new_task_never_begins_and_after_it_none_can_be_started() {
    let begun = Rc::new(Cell::new(false));
    let kept = Rc::new(RefCell::new(None));
    let world = World::new();
    world.run(async {
        let block = task_group(async |group| {
            kept.replace(Some(group.clone()));
            group.spawn(fails(1, "x"));
            assert!(catch_cancel(sleep(ms(1000))).await.is_err());
            let begun = begun.clone();
            group.spawn(async move {
                begun.set(true);
                Ok(())
            });
            Ok(())
        });
        assert_eq!(texts(block.await), ["x"]);
    });
    assert!(!begun.get());
    let message = panic_of(|| {
        let kept = kept.take();
        world.runtime.enter(|| kept.unwrap().spawn(fails(0, "never")))
    });
    assert_eq!(message, "the group is over");
}

/// Calls `callback` so many turns from now.
fn call_in(turns: u32, callback: impl FnOnce() + 'static) {
    match turns {
        0 => callback(),
        _ => drop(call_soon(move || call_in(turns - 1, callback))),
    }
}

#[test]
fn a_task_that_somebody_starts_at_the_last_moment_is_waited_for() {
    for turns in 0..4 {
        let count = Rc::new(Cell::new(0));
        let (result, took) = run(task_group::<_, Failed>(async |group| {
            group.spawn(well(sleep(ms(5))));
            let (kept, count) = (group.clone(), count.clone());
            let start = move || {
                drop(kept.spawn(well(async move {
                    sleep(ms(5)).await;
                    count.update(|n| n + 1);
                })));
            };
            // The parent would leave in the fourth turn, behind this.
            call_at(ms(5), move || call_in(turns, start));
            Ok(())
        }));
        assert_eq!((result.is_ok(), count.get(), took), (true, 1, ms(10)));
    }
}

#[test]
fn a_group_can_be_cancelled_as_a_whole() {
    let alive = Alive::default();
    let (result, took) = run(task_group::<_, Failed>(async |group| {
        group.spawn(well(sleeper(&alive, 1000)));
        yield_now().await;
        group.cancel();
        sleep(ms(5)).await;
        Ok("the body goes on")
    }));
    assert_eq!((result.unwrap(), took, alive.count()), ("the body goes on", ms(5), 0));
}

#[test]
fn outside_a_task_there_is_no_group() {
    let world = World::new();
    let message = panic_of(|| {
        world.runtime.enter(|| {
            let mut block = Box::pin(task_group::<(), Failed>(async |_| Ok(())));
            let waker = std::task::Waker::noop();
            let _ = block.as_mut().poll(&mut std::task::Context::from_waker(waker));
        });
    });
    assert_eq!(message, "a group is entered inside a task");
}
