//! `JoinSet`, `shield`, `select`, `race`.

use std::cell::Cell;
use std::rc::Rc;

use ch06_tasks::{catch_cancel, now, sleep, spawn};
use ch07_gather::{Either, JoinSet, race, select, shield, timeout};

use crate::{
    Alive, World, cleans_up, is_cancelled, ms, panic_of, run, settle, sleeper, started,
};

#[test]
fn a_set_gives_tasks_in_the_order_in_which_they_end() {
    let alive = Alive::default();
    let (order, _) = run(async {
        let mut set = JoinSet::new();
        let _ = [30, 10, 20].map(|n| set.spawn(sleeper(&alive, n)));
        let mut order = vec![set.join_next().await.unwrap().unwrap()];
        set.spawn(sleeper(&alive, 1));
        while let Some(result) = set.join_next().await {
            order.push(result.unwrap());
        }
        assert!(set.is_empty());
        order
    });
    assert_eq!(order, [10, 1, 20, 30]);
}

#[test]
fn a_set_that_is_dropped_aborts_its_tasks() {
    let alive = Alive::default();
    let ((), took) = run(async {
        let mut set = JoinSet::default();
        let _ = [30, 10].map(|n| set.spawn(sleeper(&alive, n)));
        settle().await;
        drop(set);
        assert_eq!(alive.count(), 2, "in their next turn");
        settle().await;
    });
    assert_eq!((alive.count(), took), (0, ms(0)));
}

#[test]
fn a_set_can_be_shut_down_or_let_go_of() {
    let alive = Alive::default();
    let ((), took) = run(async {
        let mut set = JoinSet::new();
        let _ = [30, 10].map(|n| set.spawn(sleeper(&alive, n)));
        assert_eq!(set.len(), 2);
        set.shutdown().await;
        assert_eq!((alive.count(), set.len()), (0, 0));
        set.spawn(sleeper(&alive, 20));
        set.detach_all();
        drop(set);
        settle().await;
        assert_eq!(alive.count(), 1, "it runs on by itself");
        sleep(ms(20)).await;
    });
    assert_eq!((alive.count(), took), (0, ms(20)));
}

#[test]
fn a_panic_in_a_set_is_given_and_one_nobody_asks_for_is_reported() {
    let world = World::new();
    world.runtime.block_on(async {
        let mut set = JoinSet::new();
        set.spawn(async { panic!("asked for") });
        set.spawn(async { panic!("not asked for") });
        assert!(set.join_next().await.unwrap().unwrap_err().is_panic());
        drop(set);
        settle().await;
    });
    let reports = world.reports.borrow();
    assert!(reports.len() == 1 && reports[0].contains("not asked for"), "{reports:?}");
}

#[test]
fn a_join_next_that_is_dropped_has_taken_nothing() {
    let alive = Alive::default();
    run(async {
        let mut set = JoinSet::new();
        set.spawn(sleeper(&alive, 10));
        assert!(timeout(ms(5), set.join_next()).await.is_err());
        assert_eq!(set.join_next().await.unwrap().unwrap(), 10);
    });
}

#[test]
fn a_cancel_of_who_waits_does_not_pass_a_shield() {
    let alive = Alive::default();
    run(async {
        let task = Rc::new(spawn(sleeper(&alive, 10)));
        let shielded = task.clone();
        let waiter = started(async move { shield(shielded.join()).await }).await;
        waiter.cancel();
        assert!(is_cancelled(&waiter.await.map(drop)));
        assert_eq!((now(), task.cancelling()), (ms(0), 0));
        assert_eq!(task.join().await.unwrap(), 10);
    });
}

#[test]
fn without_a_shield_the_task_is_asked_first() {
    let asked = Rc::new(Cell::new(0));
    let to = asked.clone();
    run(async {
        let task = spawn(cleans_up(ms(5), to));
        let waiter = started(task).await;
        waiter.cancel();
        assert!(waiter.await.is_err());
    });
    assert_eq!(asked.get(), 1);
}

#[test]
fn a_shield_gives_results_panics_and_cancels_and_keeps_the_handle_usable() {
    run(async {
        let mut slow = spawn(async {
            sleep(ms(5)).await;
            1
        });
        let limited = timeout(ms(1), shield(&mut slow)).await;
        assert!(limited.is_err());
        assert_eq!(shield(&mut slow).await.unwrap(), 1);
        assert!(shield(spawn(async { panic!("boom") })).await.unwrap_err().is_panic());
        let task = spawn(sleep(ms(5)));
        task.cancel();
        assert!(is_cancelled(&shield(task).await));
    });
}

#[test]
fn the_first_wins_the_other_is_dropped_and_a_tie_goes_to_the_left() {
    let alive = Alive::default();
    let (all, took) = run(async {
        let first = select(sleeper(&alive, 10), sleeper(&alive, 5)).await;
        assert_eq!(alive.count(), 0);
        let tie = select(sleeper(&alive, 5), sleeper(&alive, 5)).await;
        (first, tie, race([3, 2, 2].map(|n| sleeper(&alive, n))).await)
    });
    assert_eq!(all, (Either::Right(5), Either::Left(5), (1, 2)));
    assert_eq!((took, alive.count()), (ms(12), 0));
}

#[test]
fn a_race_of_a_thousand_polls_one_winner_and_drops_the_rest() {
    let alive = Alive::default();
    let ((winner, n), took) =
        run(async { race((0..1000).map(|n| sleeper(&alive, 2000 - n))).await });
    assert_eq!((winner, n, took, alive.count()), (999, 1001, ms(1001), 0));
}

#[test]
fn a_cancel_of_a_race_is_thrown_at_once_and_passed_on_to_no_branch() {
    let alive = Alive::default();
    run(async {
        // Polled last, it would be asked first if the race did not say otherwise.
        let task = spawn(sleeper(&alive, 10));
        let there = task.task();
        let parent = started(async move {
            let caught = catch_cancel(select(sleep(ms(50)), task)).await;
            assert!(caught.is_err());
        })
        .await;
        parent.cancel();
        parent.await.unwrap();
        assert_eq!((now(), there.cancelling()), (ms(0), 0));
        sleep(ms(10)).await;
    });
}

#[test]
fn a_panic_in_a_branch_is_the_panic_of_the_race_and_drops_the_others() {
    let alive = Alive::default();
    let world = World::new();
    let panics = async {
        sleep(ms(1)).await;
        panic!("boom")
    };
    let message = panic_of(|| {
        world.runtime.block_on(async { select(sleeper(&alive, 5), panics).await });
    });
    assert_eq!((message.as_str(), alive.count()), ("boom", 0));
}

#[test]
fn a_race_of_none_waits_for_ever() {
    let world = World::new();
    let none: [std::future::Ready<()>; 0] = [];
    let message = panic_of(|| world.runtime.block_on(race(none)));
    assert_eq!(message, "deadlock: Task-1 waits for whichever is first");
}
