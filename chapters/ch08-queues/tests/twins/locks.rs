//! Locks and semaphores, and how soon they wake.

use std::cell::Cell;
use std::rc::Rc;

use ch06_tasks::{call_soon, sleep, spawn, spawn_named, yield_now};
use ch08_queues::{Condition, Event, Mutex, Queue, Semaphore};
use trace::{Setting, say};

use super::{gather, ms, python, run};

/// Three tasks, and what they made of the number.
async fn three<F: Future<Output = ()> + 'static>(
    what: impl Fn(Rc<Cell<u32>>) -> F,
) -> u32 {
    let number = Rc::new(Cell::new(0));
    let _ = gather(&["a", "b", "c"].map(|name| spawn_named(name, what(number.clone()))))
        .await;
    number.get()
}

async fn add(number: Rc<Cell<u32>>) {
    let before = number.get();
    sleep(ms(1000)).await;
    number.set(before + 1);
}

pub(crate) fn lock(setting: &Setting) {
    run(setting, async {
        say!("without a lock {}", three(add).await);
        let lock = Rc::new(Mutex::new(()));
        let locked = |number| {
            let lock = lock.clone();
            async move {
                let _guard = lock.lock().await;
                say!("has the lock: {}", python(lock.is_locked()));
                add(number).await;
            }
        };
        let sum = three(locked).await;
        say!("with a lock {sum}, locked {}", python(lock.is_locked()));
        let count = |number: Rc<Cell<u32>>| async move {
            for _ in 0..1000 {
                number.set(number.get() + 1);
            }
        };
        say!("with no await inside {}", three(count).await);
    });
}

pub(crate) fn semaphore(setting: &Setting) {
    async fn job(permits: Rc<Semaphore>) {
        let _permit = permits.acquire().await;
        say!("begins");
        sleep(ms(1000)).await;
        say!("ends");
    }
    run(setting, async {
        let permits = Rc::new(Semaphore::new(2));
        let names = ["a", "b", "c", "d", "e"];
        let _ = gather(&names.map(|name| spawn_named(name, job(permits.clone())))).await;
        say!("none is free: {}", python(permits.available_permits() == 0));
    });
}

/// The loop's turn, as the recorder stamps it on an event.
fn turn(setting: &Setting) -> u64 {
    setting.observer.ready([]);
    setting.observer.events().last().map_or(0, |event| event.turn)
}

/// Says how many turns an await takes.
async fn takes(setting: &Setting, text: &str, future: impl Future) {
    let before = turn(setting);
    future.await;
    say!("{text}: {}", turn(setting) - before);
}

/// Says how many turns lie between `cause`, in a callback, and the task that waits.
async fn follows<F: Future + 'static>(
    setting: &Setting,
    text: &str,
    waits: impl FnOnce() -> F + 'static,
    cause: impl FnOnce() + 'static,
) {
    let turns = Rc::new(Cell::new(0));
    let (caused, effected) = (turns.clone(), turns.clone());
    let (before, after) = (setting.clone(), setting.clone());
    let task = spawn_named("waiter", async move {
        let _kept = waits().await;
        effected.set(turn(&after) - effected.get());
    });
    for _ in 0..5 {
        yield_now().await;
    }
    call_soon(move || {
        caused.set(turn(&before));
        cause();
    });
    let _ = task.await;
    say!("{text}: {}", turns.get());
}

/// Kept to the end of the program, so that its futures may be.
fn kept<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

pub(crate) fn latency(setting: &Setting) {
    run(setting, async {
        let (lock, permits) = (kept(Mutex::new(())), kept(Semaphore::new(0)));
        takes(setting, "a free lock", async { drop(lock.lock().await) }).await;
        let guard = lock.lock().await;
        follows(setting, "lock", || lock.lock(), || drop(guard)).await;
        let release = || permits.add_permits(1);
        follows(setting, "semaphore", || permits.acquire(), release).await;
        let (event, queue) = (kept(Event::new()), kept(Queue::unbounded()));
        follows(setting, "event", || event.wait(), || event.set()).await;
        takes(setting, "a set event", event.wait()).await;
        let put = || queue.try_put(1).expect("there is room");
        follows(setting, "queue, get", || queue.get(), put).await;
        let full = kept(Queue::bounded(1));
        full.try_put(1).expect("there is room");
        let get = || assert_eq!(full.try_get(), Ok(1));
        follows(setting, "queue, put", || full.put(2), get).await;
        follows(setting, "join", || queue.join(), || queue.task_done()).await;
        let (lock, condition) = (kept(Mutex::new(())), kept(Condition::new()));
        let waits = || async { drop(condition.wait(lock.lock().await).await) };
        let calls = || async {
            let _guard = lock.lock().await;
            condition.notify_one();
        };
        follows(setting, "condition", waits, move || drop(spawn(calls()))).await;
    });
}
