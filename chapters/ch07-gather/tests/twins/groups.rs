//! A nursery; and how many turns all of them take.

use std::cell::Cell;
use std::rc::Rc;

use ch06_tasks::{
    JoinError, JoinHandle, Promise, call_soon, sleep, spawn, spawn_named, yield_now,
};
use ch07_gather::{
    all_completed, as_completed, gather, gather_tasks, shield, task_group, timeout, wait,
    wait_for,
};
use trace::{Observer, Setting, say};

use super::{ms, run, tick};

pub(crate) fn nursery(setting: &Setting) {
    async fn child(name: &str) -> Result<(), JoinError> {
        say!("{name}: started, sleeps");
        sleep(ms(1000)).await;
        say!("{name}: exits");
        Ok(())
    }
    run(setting, async {
        say!("parent: started");
        let block = task_group(async |nursery| {
            for name in ["child1", "child2"] {
                say!("parent: spawns {name}");
                nursery.spawn(child(name));
            }
            say!("parent: waits for them");
            Ok(())
        });
        block.await.expect("nobody fails");
        say!("parent: all done {}", tick());
    });
}

/// The turn that the loop is in, as its observer stamps it on an event.
fn turn(observer: &Observer) -> u64 {
    drop(spawn(async {}));
    let events = observer.events();
    events.last().expect("something has happened").turn
}

#[allow(clippy::unused_async, reason = "a task that ends at once")]
async fn nothing() {}

#[allow(clippy::unused_async, reason = "it shows what a task costs that never suspends")]
async fn well() -> Result<(), JoinError> {
    Ok(())
}

async fn takes(observer: &Observer, text: &str, future: impl Future) {
    let before = turn(observer);
    future.await;
    let turns = turn(observer) - before;
    say!("{text}: {turns}");
}

/// Turns from the call that sets what a task waits for, to who waits for the task.
async fn follows<F: Future + 'static>(
    observer: &Observer,
    text: &str,
    effect: impl FnOnce(Promise<()>) -> F + 'static,
) {
    let gate = Promise::new("gate");
    let [cause, end] = [0; 2].map(|turn| Rc::new(Cell::new(turn)));
    let (at_end, gate_there, watch) = (end.clone(), gate.clone(), observer.clone());
    let waiter = spawn_named("waiter", async move {
        effect(gate_there).await;
        at_end.set(turn(&watch));
    });
    for _ in 0..8 {
        yield_now().await;
    }
    let (at_cause, watch) = (cause.clone(), observer.clone());
    call_soon(move || {
        at_cause.set(turn(&watch));
        let _ = gate.set(());
    });
    let _ = waiter.await;
    say!("{text}: {}", end.get() - cause.get());
}

fn through(gate: Promise<()>) -> JoinHandle<()> {
    spawn(async { gate.await.expect("nobody gives up on it") })
}

pub(crate) fn latency(setting: &Setting) {
    let observer = setting.observer.clone();
    let watch = &observer;
    run(setting, async {
        say!("-- turns that it takes");
        takes(watch, "gather of none", gather_tasks::<()>([]).into_future()).await;
        takes(watch, "gather of one", gather([nothing()]).into_future()).await;
        takes(
            watch,
            "gather of three",
            gather([(); 3].map(|()| nothing())).into_future(),
        )
        .await;
        takes(watch, "wait", wait([spawn(nothing())], all_completed, None)).await;
        takes(watch, "wait_for", wait_for(ms(5000), nothing())).await;
        takes(watch, "timeout", timeout(ms(5000), nothing())).await;
        let done = spawn(nothing());
        done.join().await.expect("it returns");
        takes(watch, "shield of a task that has ended", shield(done)).await;
        let mut one = as_completed([spawn(nothing())]);
        takes(watch, "as_completed of one", one.next()).await;
        let none = task_group(async |_| Ok::<(), JoinError>(()));
        takes(watch, "group of none", none).await;
        let one = task_group(async |group| {
            group.spawn(well());
            Ok::<(), JoinError>(())
        });
        takes(watch, "group of one", one).await;
        say!("-- turns from what a task waits for to who waits for the task");
        follows(watch, "gather", |gate| gather_tasks([through(gate)]).into_future())
            .await;
        follows(watch, "wait", |gate| wait([through(gate)], all_completed, None)).await;
        follows(watch, "wait_for", |gate| {
            wait_for(ms(5000), async { gate.await.expect("nobody gives up on it") })
        })
        .await;
        follows(watch, "group", async |gate: Promise<()>| {
            let block = task_group(async |group| {
                group.spawn(async {
                    gate.await.expect("nobody gives up on it");
                    Ok(())
                });
                Ok::<(), JoinError>(())
            });
            block.await.expect("nobody fails");
        })
        .await;
        follows(watch, "gather of a task that gathers", |gate| {
            gather([gather_tasks([through(gate)])]).into_future()
        })
        .await;
    });
}
