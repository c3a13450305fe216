//! A loop for one future: it sleeps when it may, and loses no wake.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::thread;

use ch05_futures::{block_on, yield_now};

#[test]
fn block_on_gives_the_output() {
    assert_eq!(block_on(async { 7 }), 7);
}

#[test]
fn block_on_sleeps_until_another_thread_wakes_it() {
    let is_done = Arc::new(AtomicBool::new(false));
    let mut waker = None;
    block_on(poll_fn(|context| {
        if is_done.load(Ordering::SeqCst) {
            return Poll::Ready(());
        }
        if waker.is_none() {
            let (is_done, theirs) = (is_done.clone(), context.waker().clone());
            waker = Some(thread::spawn(move || {
                is_done.store(true, Ordering::SeqCst);
                theirs.wake();
            }));
        }
        Poll::Pending
    }));
}

#[test]
fn block_on_loses_no_wake_that_comes_before_it_sleeps() {
    let mut polls = 0;
    block_on(poll_fn(|context| {
        polls += 1;
        context.waker().wake_by_ref();
        if polls == 100 { Poll::Ready(()) } else { Poll::Pending }
    }));
    assert_eq!(polls, 100);
}

#[test]
fn an_inner_block_on_leaves_the_outer_its_wake() {
    let mut is_first = true;
    block_on(poll_fn(|context| {
        if !std::mem::replace(&mut is_first, false) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        // Takes the thread's one token: it was unparked for the outer one.
        block_on(yield_now());
        Poll::Pending
    }));
}

#[test]
fn a_future_polled_by_hand_waits_for_nobody() {
    let mut context = Context::from_waker(Waker::noop());
    let mut yields = pin!(yield_now());
    assert_eq!(yields.as_mut().poll(&mut context), Poll::Pending);
    assert_eq!(yields.as_mut().poll(&mut context), Poll::Ready(()));
}
