//! Code that isn't the loop's runs where one doesn't expect it: in destructors, and in
//! wakers of others. Whatever it asks of the runtime there, it finds it whole.

use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

use ch06_tasks::{
    Promise, Remote, Runtime, TaskLocal, call_later, call_soon, catch_cancel, sleep,
    spawn, yield_now,
};

use crate::loops::{Bomb, Log, ms, panic_of, runtime, virtual_time};

/// Calls a function when it is dropped.
#[derive(Clone)]
struct OnDrop(Rc<dyn Fn()>);

impl Drop for OnDrop {
    fn drop(&mut self) {
        if Rc::strong_count(&self.0) == 1 {
            (self.0)();
        }
    }
}

fn on_drop(log: &Log, line: &'static str) -> OnDrop {
    let log = log.clone();
    OnDrop(Rc::new(move || drop(spawn(log.line(line)))))
}

#[test]
fn the_old_value_of_a_task_local_may_use_the_runtime_as_it_is_dropped() {
    static GUARD: TaskLocal<Option<OnDrop>> = TaskLocal::new(|| None);
    let log = Log::default();
    runtime().block_on(async {
        GUARD.set(Some(on_drop(&log, "spawned by a destructor")));
        GUARD.set(None);
        yield_now().await;
    });
    assert_eq!(log.lines(), ["spawned by a destructor"]);
}

#[test]
fn a_callback_that_is_removed_may_use_its_promise_as_it_is_dropped() {
    let runtime = runtime();
    let promise = runtime.enter(|| {
        let promise = Promise::new("a word");
        let sets = promise.clone();
        let guard = OnDrop(Rc::new(move || _ = sets.set(3)));
        let number = promise.add_done_callback(move |_| drop(guard));
        assert!(promise.remove_done_callback(number));
        promise
    });
    assert_eq!(promise.result(), Some(Ok(3)));
}

/// A waker that is the last to hold a way into the loop.
struct Holds(#[expect(dead_code, reason = "it is dropped")] Mutex<Remote>);

impl Wake for Holds {
    fn wake(self: Arc<Self>) {}
}

#[test]
fn a_waker_that_another_replaces_may_let_go_of_a_remote() {
    let (over, is_over) = channel();
    thread::spawn(move || {
        let runtime = runtime();
        let remote = runtime.enter(Remote::new);
        let waker = Waker::from(Arc::new(Holds(Mutex::new(remote))));
        let mut tick = pin!(runtime.tick());
        assert!(tick.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        drop(waker);
        let last = tick.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        over.send(last.is_pending()).expect("the test waits");
    });
    let last = is_over.recv_timeout(Duration::from_secs(10));
    assert_eq!(last, Ok(true), "a waker was dropped under the inbox's lock");
}

/// Polls `future` once, with a waker that does nothing.
fn poll_in_vain(future: Pin<&mut impl Future>) {
    assert!(future.poll(&mut Context::from_waker(Waker::noop())).is_pending());
}

#[test]
fn an_abort_and_a_cancel_arrive_though_a_scope_was_polled_with_a_waker_of_no_use() {
    for aborts in [true, false] {
        let (log, log_after) = (Log::default(), Log::default());
        runtime().block_on(async {
            let inner = log.clone();
            let task = spawn(async move {
                let mut scope = pin!(catch_cancel(pending::<()>()));
                poll_in_vain(scope.as_mut());
                sleep(ms(10)).await;
                inner.say("slept");
                let _ = scope.await;
            });
            yield_now().await;
            if aborts {
                task.abort();
            } else {
                _ = task.cancel();
            }
            yield_now().await;
            yield_now().await;
            log_after.say(if task.is_finished() { "ended" } else { "goes on" });
            sleep(ms(20)).await;
            assert!(task.is_finished());
        });
        let ended = if aborts { "ended" } else { "goes on" };
        assert_eq!(log_after.lines(), [ended]);
        assert_eq!(log.lines().is_empty(), aborts);
    }
}

#[test]
fn shutdown_waits_for_those_it_cancelled_and_not_for_what_their_clean_up_begins() {
    let ((runtime, clock), log) = (virtual_time(), Log::default());
    let says = log.clone();
    runtime.block_on(async move {
        drop(spawn(async move {
            let _ = catch_cancel(pending::<()>()).await;
            drop(spawn(async {
                loop {
                    sleep(ms(10)).await;
                    assert!(ch06_tasks::now() < ms(1000), "shutdown still waits");
                }
            }));
            yield_now().await;
            says.say("cleaned up");
        }));
        yield_now().await;
    });
    runtime.shutdown();
    assert_eq!(log.lines(), ["cleaned up"]);
    assert_eq!(clock.now(), ms(0));
}

#[test]
fn a_turn_inside_a_turn_is_refused_whoever_asks_for_it() {
    let runtime = Rc::new(runtime());
    let inner = runtime.clone();
    let refused = runtime.block_on(async {
        spawn(poll_fn(move |cx| {
            cx.waker().wake_by_ref();
            Poll::Ready(panic_of(|| inner.try_tick()))
        }))
        .await
    });
    assert_eq!(refused.expect("no panic"), "a turn inside a turn of the same loop");
}

#[test]
fn a_loop_whose_turn_panicked_runs_again() {
    let runtime = runtime();
    let waker = Waker::from(Arc::new(Panics));
    let mut tick = pin!(runtime.tick());
    assert!(tick.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    let _due = runtime.enter(|| call_later(ms(0), || ()));
    assert_eq!(panic_of(|| runtime.run_once()), "a waker");
    assert_eq!(runtime.block_on(async { 3 }), 3);
}

/// A waker that panics.
struct Panics;

impl Wake for Panics {
    fn wake(self: Arc<Self>) {
        panic!("a waker");
    }
}

#[test]
fn a_runtime_in_a_thread_local_ends_with_its_thread() {
    thread_local! {
        static RUNTIME: Runtime = runtime();
    }
    let (over, is_over) = channel();
    let thread = thread::spawn(move || {
        RUNTIME.with(|runtime| {
            runtime.block_on(async {
                let tells = OnDrop(Rc::new(move || {
                    let _ = over.send(ch06_tasks::now());
                }));
                drop(spawn(async move {
                    pending::<()>().await;
                    drop(tells);
                }));
            });
        });
    });
    thread.join().expect("no panic");
    assert_eq!(is_over.try_recv(), Ok(ms(0)));
}

#[test]
fn the_locals_of_a_task_go_with_it_and_their_panic_stays_there() {
    static LOCAL: TaskLocal<Option<Rc<Bomb>>> = TaskLocal::new(|| None);
    static GUARD: TaskLocal<Option<OnDrop>> = TaskLocal::new(|| None);
    let log = Log::default();
    let kept = runtime().block_on(async {
        let guard = on_drop(&log, "the locals are gone");
        let task = spawn(async move {
            GUARD.set(Some(guard));
            LOCAL.set(Some(Rc::new(Bomb)));
        });
        yield_now().await;
        yield_now().await;
        assert!(task.is_finished());
        log.lines()
    });
    assert_eq!(kept, ["the locals are gone"]);
}

#[test]
fn a_callback_that_panics_as_it_is_dropped_keeps_no_future_from_being_dropped() {
    let log = Log::default();
    let runtime: Runtime = runtime();
    let bomb = Bomb;
    let guard = on_drop(&log, "never runs");
    let dropped = Rc::new(Cell::new(false));
    let sees = dropped.clone();
    let future = OnDrop(Rc::new(move || {
        let _ = (ch06_tasks::now(), &guard);
        sees.set(true);
    }));
    runtime.enter(|| {
        call_soon(move || drop(bomb));
        drop(spawn(async move {
            pending::<()>().await;
            drop(future);
        }));
    });
    drop(runtime);
    assert!(dropped.get());
}

/// A waker that runs the loop at once, as one of another executor may.
struct Ticks;

thread_local! {
    static TICKED: RefCell<Option<Rc<Runtime>>> = const { RefCell::new(None) };
    static TICKS: Cell<u32> = const { Cell::new(0) };
}

impl Wake for Ticks {
    fn wake(self: Arc<Self>) {
        let runtime = TICKED.with_borrow(Clone::clone).expect("it is there");
        while runtime.try_tick() {
            TICKS.set(TICKS.get() + 1);
        }
    }
}

#[test]
fn a_waker_of_another_executor_may_run_the_loop_at_once() {
    let runtime = Rc::new(runtime());
    TICKED.set(Some(runtime.clone()));
    let (sender, waker) = (Rc::new(Cell::new(None)), Waker::from(Arc::new(Ticks)));
    let gives = sender.clone();
    let task =
        runtime.spawn(poll_fn(move |cx| match gives.replace(Some(cx.waker().clone())) {
            None => Poll::Pending,
            Some(_) => Poll::Ready(()),
        }));
    assert!(runtime.try_tick());
    let mut tick = pin!(runtime.tick());
    assert!(tick.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    let own: Waker = sender.take().expect("it was polled");
    sender.set(Some(own.clone()));
    runtime.enter(|| own.wake());
    TICKED.set(None);
    assert!(task.is_finished() && TICKS.get() > 0);
}
