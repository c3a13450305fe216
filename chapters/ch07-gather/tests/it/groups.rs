//! Task groups.

use std::cell::Cell;
use std::rc::Rc;

use ch06_tasks::{
    JoinError, all_tasks, catch_cancel, current_task, now, sleep, spawn, yield_now,
};
use ch07_gather::{GroupError, TaskGroup, task_group};

use crate::{Alive, cleans_up, is_cancelled, ms, refuses, run, sleeper, started};

#[derive(Debug, PartialEq)]
pub(crate) struct Failed(pub(crate) String);

impl From<JoinError> for Failed {
    fn from(error: JoinError) -> Self {
        Failed(error.to_string())
    }
}

pub(crate) async fn fails(after: u64, text: &str) -> Result<(), Failed> {
    sleep(ms(after)).await;
    Err(Failed(text.to_owned()))
}

pub(crate) async fn well<T>(future: impl Future<Output = T>) -> Result<T, Failed> {
    Ok(future.await)
}

pub(crate) fn texts<R>(result: Result<R, GroupError<Failed>>) -> Vec<String> {
    let Err(GroupError(errors)) = result else { panic!("it fails") };
    errors.into_iter().map(|Failed(text)| text).collect()
}

#[test]
fn leaving_waits_for_all_and_their_values_are_there() {
    let alive = Alive::default();
    let (values, took) = run(async {
        let block = task_group::<_, Failed>(async |group| {
            Ok([20, 10].map(|n| group.spawn(well(sleeper(&alive, n)))))
        });
        block.await.unwrap().map(|started| started.take())
    });
    assert_eq!((values, took, alive.count()), ([Some(20), Some(10)], ms(20), 0));
}

#[test]
fn a_group_of_nothing_takes_no_turn() {
    let (value, took) = run(task_group::<_, Failed>(async |_| Ok(5)));
    assert_eq!((value.unwrap(), took), (5, ms(0)));
}

#[test]
fn a_thousand_tasks_and_tasks_of_tasks_are_waited_for() {
    let count = Rc::new(Cell::new(0));
    let (_, took) = run(task_group::<_, Failed>(async |group| {
        for n in 0..1000 {
            let (group_there, count) = (group.clone(), count.clone());
            group.spawn(async move {
                sleep(ms(n)).await;
                group_there.spawn(async move {
                    sleep(ms(5)).await;
                    count.update(|n| n + 1);
                    Ok(())
                });
                Ok(())
            });
        }
        Ok(())
    }));
    assert_eq!((count.get(), took), (1000, ms(1004)));
}

#[test]
fn the_first_error_cancels_the_others_and_the_body_and_all_errors_are_raised_in_order() {
    let alive = Alive::default();
    let (errors, took) = run(async {
        texts(
            task_group(async |group| {
                group.spawn(async {
                    let _ = catch_cancel(sleep(ms(1000))).await;
                    sleep(ms(20)).await;
                    fails(0, "late").await
                });
                group.spawn(well(sleeper(&alive, 1000)));
                group.spawn(fails(5, "first"));
                group.spawn(fails(5, "second"));
                sleep(ms(1000)).await;
                Ok(())
            })
            .await,
        )
    });
    assert_eq!(errors, ["first", "second", "late"]);
    assert_eq!((took, alive.count()), (ms(25), 0));
}

#[test]
fn others_are_asked_at_once_even_if_the_body_takes_its_time() {
    let asked = Rc::new(Cell::new(0));
    let at = Rc::new(Cell::new(ms(0)));
    run(async {
        let block = task_group(async |group| {
            let (asked, at) = (asked.clone(), at.clone());
            group.spawn(async move {
                let _ = catch_cancel(sleep(ms(1000))).await;
                at.set(now());
                asked.update(|n| n + 1);
                well(sleep(ms(50))).await
            });
            group.spawn(fails(5, "x"));
            assert!(catch_cancel(sleep(ms(1000))).await.is_err());
            sleep(ms(30)).await;
            Ok(())
        });
        assert_eq!(texts(block.await), ["x"]);
    });
    assert_eq!((at.get(), asked.get()), (ms(5), 1), "and its clean-up is not disturbed");
}

#[test]
fn an_error_of_the_body_cancels_the_tasks_and_is_the_first() {
    let alive = Alive::default();
    let (errors, took) = run(async {
        let block = task_group::<(), _>(async |group| {
            group.spawn(well(sleeper(&alive, 1000)));
            yield_now().await;
            Err(Failed("body".into()))
        });
        texts(block.await)
    });
    assert_eq!((errors, took, alive.count()), (vec!["body".to_owned()], ms(0), 0));
}

#[test]
fn a_panic_of_a_task_is_an_error_in_its_turn_and_is_not_reported_too() {
    let (errors, _) = run(async {
        texts(
            task_group(async |group| {
                group.spawn(async { Err::<(), _>(Failed("before".into())) });
                group.spawn(async { panic!("boom") as Result<(), _> });
                group.spawn(async { Err::<(), _>(Failed("after".into())) });
                Ok(())
            })
            .await,
        )
    });
    assert_eq!((errors[0].as_str(), errors[2].as_str()), ("before", "after"));
    assert!(errors[1].ends_with("panicked: boom"), "{errors:?}");
}

#[test]
fn a_task_that_is_cancelled_alone_is_no_error() {
    let (result, took) = run(task_group::<_, Failed>(async |group| {
        let one = group.spawn(well(sleep(ms(1000))));
        group.spawn(well(sleep(ms(5))));
        one.task().cancel();
        Ok(one)
    }));
    assert_eq!((result.unwrap().take(), took), (None, ms(5)));
}

#[test]
fn a_cancel_from_outside_cancels_the_tasks_and_goes_on_when_they_have_ended() {
    let asked = Rc::new(Cell::new(0));
    for leaves_first in [false, true] {
        asked.set(0);
        let ((), took) = run(async {
            let to = asked.clone();
            let parent = started(task_group::<_, Failed>(async move |group| {
                group.spawn(well(cleans_up(ms(30), to)));
                if !leaves_first {
                    sleep(ms(1000)).await;
                }
                Ok(())
            }))
            .await;
            parent.cancel_with("enough");
            assert_eq!(parent.cancelling(), 1);
            let error = parent.await.map(drop).unwrap_err();
            assert_eq!(error.why().unwrap().0.as_deref(), Some("enough"));
        });
        assert_eq!((asked.get(), took), (1, ms(30)));
    }
}

#[test]
fn a_second_cancel_while_leaving_is_passed_on_and_still_nobody_is_left() {
    let asked = Rc::new(Cell::new(0));
    let ((), took) = run(async {
        let to = asked.clone();
        let parent = started(task_group::<_, Failed>(async move |group| {
            group.spawn(well(cleans_up(ms(30), to)));
            Ok(())
        }))
        .await;
        parent.cancel();
        sleep(ms(10)).await;
        parent.cancel();
        assert!(is_cancelled(&parent.await.map(drop)));
        assert_eq!(all_tasks().len(), 1);
    });
    assert_eq!((asked.get(), took), (2, ms(40)));
}

#[test]
fn a_task_that_refuses_is_waited_for() {
    let ((), took) = run(async {
        let parent = started(task_group::<_, Failed>(async |group| {
            group.spawn(well(refuses()));
            Ok(())
        }))
        .await;
        parent.cancel();
        assert!(is_cancelled(&parent.await.map(drop)));
    });
    assert_eq!(took, ms(100));
}

#[test]
fn the_groups_own_cancel_is_closed_and_an_outer_one_stays_open() {
    run(async {
        let me = current_task().unwrap();
        let own = task_group(async |group| {
            group.spawn(fails(1, "x"));
            sleep(ms(1000)).await;
            Ok(())
        });
        assert_eq!((texts(own.await), me.cancelling()), (vec!["x".to_owned()], 0));
        let both = spawn(async {
            let me = current_task().unwrap();
            let block = task_group(async |group| {
                group.spawn(fails(1, "x"));
                let _ = catch_cancel(sleep(ms(1000))).await;
                // Asked from outside too, while it cleans up.
                sleep(ms(1000)).await;
                Ok(())
            });
            (texts(block.await), me.cancelling())
        });
        sleep(ms(2)).await;
        both.cancel();
        assert_eq!(both.await.unwrap(), (vec!["x".to_owned()], 1));
    });
}

#[test]
fn a_body_that_refuses_to_leave_is_waited_for_and_the_error_is_raised() {
    let (errors, took) = run(async {
        let block = task_group(async |group| {
            group.spawn(fails(5, "x"));
            Ok(refuses().await)
        });
        let errors = texts(block.await);
        assert_eq!(current_task().unwrap().cancelling(), 0);
        errors
    });
    assert_eq!((errors, took), (vec!["x".to_owned()], ms(105)));
}

#[test]
fn groups_can_be_nested_and_both_may_fail() {
    let (errors, _) = run(async {
        let outer = task_group(async |outer| {
            outer.spawn(fails(5, "outer"));
            let inner = task_group(async |inner: &TaskGroup<Failed>| {
                inner.spawn(async {
                    let _ = catch_cancel(sleep(ms(1000))).await;
                    fails(0, "inner").await
                });
                Ok(())
            });
            inner.await.map_err(|error| Failed(error.to_string()))
        });
        let errors = texts(outer.await);
        assert_eq!(current_task().unwrap().cancelling(), 0);
        errors
    });
    assert_eq!(errors, ["outer", "1 in a group failed: Failed: inner"]);
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Failed: {}", self.0)
    }
}
