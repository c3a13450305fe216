//! Gather, bounded and not, of tasks, futures and groups.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use ch06_tasks::{JoinHandle, Runtime, sleep, spawn, spawn_named, yield_now};
use ch07_gather::{Gather, gather, gather_bounded, gather_tasks};
use trace::{Setting, say};

use super::{ms, py, run, sees_cancel, tick};

pub(crate) fn gather_abc(setting: &Setting) {
    async fn job(name: &str, seconds: u64) -> String {
        say!("{name}: started");
        sleep(ms(seconds * 1000)).await;
        say!("{name}: finished");
        name.to_lowercase()
    }
    run(setting, async {
        let results = gather([job("A", 2), job("B", 1), job("C", 3)]).await;
        let results: Vec<_> = results.into_iter().flatten().collect();
        say!("Result: {}", results.join(" "));
    });
    say!("total {}", setting.clock.now().as_millis());
}

pub(crate) fn one_loop_after_another(setting: &Setting) {
    async fn hello() {
        sleep(ms(1000)).await;
        say!("hello {}", tick());
    }
    run(setting, hello());
    run(setting, async {
        let result = async {
            sleep(ms(1000)).await;
            "done"
        };
        say!("{} {}", result.await, tick());
    });
    run(setting, async {
        let inner = Runtime::new().expect("a descriptor is left");
        let inside = catch_unwind(AssertUnwindSafe(|| inner.block_on(hello())));
        inside.expect_err("it panics");
        say!("a loop inside a loop: refused");
    });
}

pub(crate) fn called_is_not_run(setting: &Setting) {
    #[allow(clippy::unused_async, reason = "it shows that a call runs nothing")]
    async fn work() -> &'static str {
        say!("work body");
        "done"
    }
    run(setting, async {
        let future = work();
        say!("called, the body has not run");
        say!("{}", future.await);
        let task = spawn(work());
        say!("task created");
        say!("{}", task.join().await.expect("it returns"));
        let again = task.join().await.expect("it returns");
        say!("{again} (a task can be awaited again)");
        say!("{}", spawn(work()).await.expect("it returns"));
    });
}

pub(crate) fn count(setting: &Setting) {
    async fn count(number: u64) {
        say!("One");
        sleep(ms(1000 + number * 100)).await;
        say!("Two");
        sleep(ms(2000)).await;
        say!("Three");
    }
    run(setting, async { gather((0..5).map(count)).await });
    say!("total {}", setting.clock.now().as_millis());
}

pub(crate) fn chained(setting: &Setting) {
    async fn step(name: &str, what: &str, seconds: u64) -> String {
        say!("{name} {what}: {seconds} s");
        sleep(ms(seconds * 1000)).await;
        format!("{name} {what}")
    }
    async fn chain((name, dough, oven): (&str, u64, u64)) {
        let start = tick();
        say!("has {}", step(name, "dough", dough).await);
        let baked = step(name, "baked", oven).await;
        say!("has {baked} after {}", tick() - start);
    }
    let takes = [("bread", 4, 6), ("rolls", 7, 1), ("cake", 2, 10)];
    run(setting, async { gather(takes.map(chain)).await });
    say!("total {}", setting.clock.now().as_millis());
}

pub(crate) fn draw(setting: &Setting) {
    const NUMBERS: [&[u64]; 3] = [&[4, 4, 1, 10], &[7, 3, 9], &[4, 8]];
    async fn draw(index: usize) -> u64 {
        say!("draw {index}");
        for number in NUMBERS[index] {
            if *number > 9 - index as u64 {
                say!("draw {index}: {number}");
                return *number;
            }
            say!("draw {index}: {number} is too low");
            sleep(ms(index as u64 * 1000 + 1000)).await;
        }
        unreachable!("the last number is high enough")
    }
    let numbers = run(setting, async { gather([0, 1, 2].map(draw)).await });
    let numbers: Vec<_> = numbers.into_iter().map(|n| n.unwrap().to_string()).collect();
    say!("{} {}", numbers.join(" "), setting.clock.now().as_millis());
}

pub(crate) fn coroutines_or_tasks(setting: &Setting) {
    async fn job(number: u64) -> u64 {
        say!("starts {number}");
        sleep(ms(3000 + number * 100)).await;
        say!("ends {number}");
        number
    }
    let tasks = || gather_tasks((0..4).map(|number| spawn(job(number))));
    let variants: [&dyn Fn() -> Gather<u64>; 3] =
        [&tasks, &tasks, &|| gather((0..4).map(job))];
    for make in variants {
        run(setting, async {
            let results = make().await;
            say!("{} {}", results.into_iter().flatten().sum::<u64>(), tick());
        });
    }
}

pub(crate) fn gather_five(setting: &Setting) {
    run(setting, async {
        let call = |number: u64| async move {
            sleep(ms(1000 + number * 100)).await;
            say!("call {number} {}", tick());
        };
        let tasks: Vec<JoinHandle<()>> =
            (0..5).map(|number| spawn(call(number))).collect();
        gather_tasks(tasks).await;
    });
}

pub(crate) fn groups_in_a_group(setting: &Setting) {
    async fn job(tag: String, tenths: u64) -> String {
        say!("> {tag}");
        sleep(ms(tenths * 100)).await;
        say!("< {tag}");
        tag
    }
    let groups: [&[u64]; 3] = [&[21, 13, 29], &[11, 26], &[17, 19]];
    run(setting, async {
        let groups = groups.iter().enumerate().map(|(group, all)| {
            let jobs = all.iter().enumerate();
            gather(
                jobs.map(|(n, tenths)| job(format!("{}.{}", group + 1, n + 1), *tenths)),
            )
        });
        let groups: Vec<_> = groups.collect();
        for group in gather(groups).await.into_iter().flatten() {
            say!("{}", group.into_iter().flatten().collect::<Vec<_>>().join(" "));
        }
        say!("{}", tick());
    });
}

pub(crate) fn group_cancelled(setting: &Setting) {
    async fn job(tag: String) -> String {
        sees_cancel(sleep(ms(2000)), || say!("cancelled {tag}")).await;
        tag
    }
    let group = |n: u32| {
        let tags = [1, 2].map(|number| format!("{n}.{number}"));
        gather_tasks(tags.map(|tag| spawn_named(&tag.clone(), job(tag))))
    };
    run(setting, async {
        let (one, two) = (group(1), group(2));
        sleep(ms(1000)).await;
        two.cancel();
        for group in gather([one, two]).await.into_iter().flatten() {
            let group: Result<Vec<_>, _> = group.into_iter().collect();
            say!("{}", group.map_or("CancelledError".to_owned(), |tags| tags.join(" ")));
        }
        say!("{}", tick());
        let both = gather([group(1), group(2)]);
        sleep(ms(1000)).await;
        both.cancel();
        assert!(both.await.iter().all(Result::is_err));
        say!("all cancelled {}", tick());
    });
}

/// How many calls are on, at most, and in all.
#[derive(Default)]
struct Meter {
    now: u32,
    peak: u32,
    total: u32,
}

pub(crate) fn bounded(setting: &Setting) {
    async fn call(meter: Rc<RefCell<Meter>>) {
        {
            let Meter { now, peak, total } = &mut *meter.borrow_mut();
            (*now, *total) = (*now + 1, *total + 1);
            *peak = (*peak).max(*now);
        }
        sleep(ms(1000)).await;
        meter.borrow_mut().now -= 1;
    }
    run(setting, async {
        for bound in [None, Some(100)] {
            let (meter, start) = (Rc::<RefCell<Meter>>::default(), tick());
            let calls = (0..1000).map(|_| call(meter.clone()));
            match bound {
                None => gather(calls).await,
                Some(limit) => gather_bounded(limit, calls).await,
            };
            let Meter { peak, total, .. } = *meter.borrow();
            let what = bound.map_or("unbounded", |_| "bounded");
            say!("{what}: {total}, peak {peak}, {} ms", tick() - start);
        }
    });
}

pub(crate) fn goes_on(setting: &Setting) {
    async fn job(name: &str) -> &str {
        say!("{name} progress 1");
        yield_now().await;
        say!("{name} progress 2");
        name
    }
    run(setting, async {
        let future = job("coroutine");
        let task = spawn(job("task"));
        sleep(ms(1000)).await;
        say!("task done: {}", py(task.is_finished()));
        say!("{} {}", future.await, task.await.expect("it returns"));
    });
}
