//! What timers promise.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use ch06_tasks::{Builder, call_at, sleep, sleep_until, spawn};
use std::time::Duration;
use trace::{Clock, What};

use crate::loops::{ms, virtual_time};

#[test]
fn sleeps_of_any_length_end_in_time_and_never_early() {
    let (runtime, clock) = virtual_time();
    runtime.block_on(async {
        sleep(Duration::ZERO).await;
        sleep_until(ms(0)).await;
        assert_eq!(clock.now(), ms(0));
        sleep(Duration::from_nanos(1)).await;
        assert_eq!(clock.now(), Duration::from_nanos(1));
        sleep(ms(5)).await;
        sleep_until(ms(1)).await;
        assert_eq!(clock.now(), ms(5) + Duration::from_nanos(1), "that time had passed");
        sleep(Duration::MAX).await;
        assert_eq!(clock.now(), Duration::MAX);
    });
}

#[test]
fn equal_deadlines_come_in_the_order_of_asking() {
    let order = Rc::new(RefCell::new(Vec::new()));
    virtual_time().0.block_on(async {
        for n in 0..50 {
            let order = order.clone();
            call_at(ms(5), move || order.borrow_mut().push(n));
        }
        sleep(ms(6)).await;
    });
    assert_eq!(*order.borrow(), (0..50).collect::<Vec<_>>());
}

#[test]
fn a_far_timer_does_not_hide_a_near_one() {
    let (runtime, clock) = virtual_time();
    runtime.block_on(async {
        drop(spawn(async { sleep(Duration::MAX).await }));
        for _ in 0..1000 {
            sleep(Duration::from_hours(1)).await;
        }
    });
    assert_eq!(clock.now(), Duration::from_hours(1000));
}

#[test]
fn a_sleep_that_is_dropped_leaves_no_timer() {
    let clock = Clock::virtual_time();
    let observer = trace::Observer::recording(clock.clone());
    let runtime = Builder::new().clock(&clock).observer(&observer).build();
    runtime.expect("descriptors").block_on(async {
        for _ in 0..100 {
            let mut long = Box::pin(sleep(ms(1000)));
            assert!(poll_fn(|cx| Poll::Ready(long.as_mut().poll(cx))).await.is_pending());
        }
        sleep(ms(1)).await;
    });
    let timers = observer.events().into_iter().find_map(|event| match event.what {
        What::Waiting { timers, .. } => Some(timers),
        _ => None,
    });
    assert_eq!(timers, Some(1));
}
