//! Conditions, events, barriers.

use std::cell::Cell;
use std::rc::Rc;

use ch06_tasks::{sleep, spawn_named, yield_now};
use ch08_queues::{Barrier, Condition, Event, Mutex};
use trace::{Setting, say};

use super::{gather, ms, python, run, tick};

pub(crate) fn condition(setting: &Setting) {
    async fn waiter(shared: Rc<(Mutex<()>, Condition)>) {
        let (lock, condition) = &*shared;
        let guard = lock.lock().await;
        say!("waits");
        let _guard = condition.wait(guard).await;
        say!("is called, locked {}", python(lock.is_locked()));
    }
    run(setting, async {
        let shared = Rc::new((Mutex::new(()), Condition::new()));
        let waiters = ["a", "b", "c"].map(|n| spawn_named(n, waiter(shared.clone())));
        let (lock, condition) = &*shared;
        sleep(ms(1000)).await;
        let guard = lock.lock().await;
        condition.notify_one();
        say!("calls one");
        sleep(ms(1000)).await;
        say!("unlocks");
        drop(guard);
        sleep(ms(1000)).await;
        let guard = lock.lock().await;
        condition.notify_all();
        say!("calls all");
        drop(guard);
        let _ = gather(&waiters).await;
        say!("locked {}", python(lock.is_locked()));
    });
}

pub(crate) fn event_listener(setting: &Setting) {
    run(setting, async {
        let event = Rc::new(Event::new());
        let heard = event.clone();
        let listener = spawn_named("listener", async move {
            say!("waits");
            heard.wait().await;
            say!("goes on");
        });
        sleep(ms(1000)).await;
        event.set();
        say!("has set it");
        let _ = listener.await;
    });
}

pub(crate) fn event_set_clear(setting: &Setting) {
    async fn waiter(event: Rc<Event>) {
        event.wait().await;
        say!("goes on, set {}", python(event.is_set()));
    }
    run(setting, async {
        let event = Rc::new(Event::new());
        let tasks = ["a", "b", "c"].map(|n| spawn_named(n, waiter(event.clone())));
        yield_now().await;
        event.set();
        say!("set: nobody has run");
        let _ = gather(&tasks).await;
        event.wait().await;
        say!("waited for what is set");
        event.clear();
        let task = spawn_named("d", waiter(event.clone()));
        sleep(ms(1000)).await;
        say!("done {}", python(task.is_finished()));
        event.set();
        event.clear();
        let _ = task.await;
    });
}

const SIZE: u64 = 2;

async fn member(
    number: u64,
    how: &'static str,
    time: u64,
    shelf: Rc<Cell<u64>>,
    barrier: Rc<Barrier>,
) {
    let (start, pause) = (tick(), ms(1000 + 10 * number));
    match how {
        _ if number == 1 => {
            for _ in 0..SIZE {
                sleep(ms(time / SIZE)).await;
                shelf.update(|items| items + 1);
            }
        }
        "sleep" => sleep(pause).await,
        "ask" => {
            while shelf.get() < SIZE {
                sleep(pause).await;
            }
        }
        _ => {}
    }
    if how == "barrier" {
        barrier.wait().await.expect("nobody breaks it");
    }
    say!("{how}: {} of {SIZE} after {}", shelf.get(), tick() - start);
}

pub(crate) fn barrier(setting: &Setting) {
    run(setting, async {
        for time in [600, 2500] {
            for how in ["sleep", "ask", "barrier"] {
                let (shelf, barrier) = (Rc::new(Cell::new(0)), Rc::new(Barrier::new(3)));
                let team = [(1, "m1"), (2, "m2"), (3, "m3")].map(|(n, name)| {
                    let member = member(n, how, time, shelf.clone(), barrier.clone());
                    spawn_named(name, member)
                });
                let _ = gather(&team).await;
            }
        }
    });
}
