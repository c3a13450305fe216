//! What the loop promises to other threads. The real clock, and no time to speak of.

use std::future::poll_fn;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::thread;

use ch06_tasks::{Remote, Runtime, sleep, spawn, yield_now};

use crate::loops::{Log, ms, panic_of, runtime, virtual_time};

/// A number, and who waits for it to grow.
#[derive(Default)]
struct Counter {
    value: AtomicUsize,
    waker: Mutex<Option<Waker>>,
}

impl Counter {
    fn add(&self) {
        self.value.fetch_add(1, Ordering::SeqCst);
        let waker = self.waker.lock().unwrap_or_else(PoisonError::into_inner).take();
        waker.into_iter().for_each(Waker::wake);
    }

    async fn reaches(&self, value: usize) {
        poll_fn(|cx| {
            let place = &mut *self.waker.lock().unwrap_or_else(PoisonError::into_inner);
            *place = Some(cx.waker().clone());
            match self.value.load(Ordering::SeqCst) >= value {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        })
        .await;
    }
}

#[test]
fn no_wake_of_another_thread_is_lost() {
    let (ours, theirs) = (Arc::new(Counter::default()), Arc::new(Counter::default()));
    let thread = thread::spawn({
        let (ours, theirs) = (ours.clone(), theirs.clone());
        move || {
            let runtime = Runtime::new().expect("descriptors");
            runtime.block_on(async {
                for n in 1..=5_000 {
                    ours.reaches(n).await;
                    theirs.add();
                }
            });
        }
    });
    Runtime::new().expect("descriptors").block_on(async {
        for n in 1..=5_000 {
            ours.add();
            theirs.reaches(n).await;
        }
    });
    thread.join().expect("it ends");
}

#[test]
fn wakes_of_many_threads_reach_many_tasks() {
    let counters: Vec<_> = (0..8).map(|_| Arc::new(Counter::default())).collect();
    let runtime = Runtime::new().expect("descriptors");
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let counters = counters.clone();
            thread::spawn(move || {
                for n in 0..8_000 {
                    counters[n % 8].add();
                }
            })
        })
        .collect();
    runtime.block_on(async {
        let tasks: Vec<_> = counters
            .into_iter()
            .map(|counter| spawn(async move { counter.reaches(4_000).await }))
            .collect();
        for task in tasks {
            task.await.expect("it gets there");
        }
    });
    for thread in threads {
        thread.join().expect("it ends");
    }
}

#[test]
fn virtual_time_stands_still_while_a_thread_may_call() {
    let (runtime, clock) = virtual_time();
    let log = Log::default();
    let (go, gone) = mpsc::channel::<()>();
    runtime.block_on(async {
        let theirs = log.clone();
        let sleeper = spawn(async move {
            sleep(ms(1)).await;
            theirs.say("sleeper");
        });
        yield_now().await;
        let counter = Arc::new(Counter::default());
        let (remote, called) = (Remote::new(), counter.clone());
        let thread = thread::spawn(move || {
            gone.recv().expect("main says so");
            remote.call_soon_threadsafe(move || called.add());
        });
        go.send(()).expect("the thread listens");
        counter.reaches(1).await;
        log.say(&format!("called at {} ms", clock.now().as_millis()));
        thread.join().expect("it ends");
        let _ = sleeper.await;
    });
    assert_eq!(log.lines(), ["called at 0 ms", "sleeper"]);
}

#[test]
fn a_remote_that_is_dropped_without_a_call_keeps_nobody_waiting() {
    let deadlock = panic_of(|| {
        runtime().block_on(async {
            let remote = Remote::new();
            drop(thread::spawn(move || drop(remote)));
            std::future::pending::<()>().await;
        });
    });
    assert_eq!(deadlock, "deadlock: nobody will wake Task-1");
}

#[test]
fn a_thread_can_spawn_through_a_remote() {
    let (send, receive) = mpsc::channel();
    runtime().block_on(async {
        let (remote, counter) = (Remote::new(), Arc::new(Counter::default()));
        let called = counter.clone();
        let here = thread::current().id();
        let thread = thread::spawn(move || {
            remote.call_soon_threadsafe(move || {
                drop(spawn(async move {
                    send.send(thread::current().id() == here).expect("it is heard");
                    called.add();
                }));
            });
        });
        counter.reaches(1).await;
        thread.join().expect("it ends");
    });
    assert_eq!(receive.recv(), Ok(true), "on the loop's own thread");
}

#[test]
fn threads_may_wake_and_call_while_the_runtime_is_dropped() {
    for _ in 0..200 {
        let (send, wakers) = mpsc::channel::<(Waker, Remote)>();
        let thread = thread::spawn(move || {
            let (waker, remote) = wakers.recv().expect("main sends them");
            for _ in 0..50 {
                waker.wake_by_ref();
                remote.call_soon_threadsafe(|| ());
            }
        });
        let runtime = runtime();
        drop(runtime.spawn(poll_fn(move |cx| {
            let _ = send.send((cx.waker().clone(), Remote::new()));
            Poll::<()>::Pending
        })));
        runtime.run_once();
        drop(runtime);
        thread.join().expect("it ends");
    }
}

#[test]
fn a_call_to_a_loop_that_is_gone_is_dropped() {
    let runtime = runtime();
    let remote = runtime.enter(Remote::new);
    drop(runtime);
    let token = Arc::new(());
    let held = token.clone();
    remote.call_soon_threadsafe(move || drop(held));
    assert_eq!(Arc::strong_count(&token), 1);
}
