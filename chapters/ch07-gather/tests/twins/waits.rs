//! Waits, limits, shields.

use std::rc::Rc;
use std::time::Duration;

use ch06_tasks::{JoinHandle, Promise, State, sleep, spawn, spawn_named};
use ch07_gather::{
    Waited, all_completed, as_completed, first_completed, first_error, gather,
    gather_tasks, shield, timeout, wait, wait_for,
};
use trace::{Setting, say};

use super::{ms, py, run, sees_cancel, tick};

pub(crate) fn shield_twin(setting: &Setting) {
    async fn work() -> &'static str {
        sleep(ms(2000)).await;
        say!("work finished {}", tick());
        "done"
    }
    run(setting, async {
        let result = shield(spawn(work())).await.expect("it returns");
        say!("res {result} {}", tick());
    });
    run(setting, async {
        let inner = Rc::new(spawn(work()));
        let shielded = inner.clone();
        let outer = spawn(async move {
            let seen = || {
                let is_done = py(shielded.is_finished());
                say!("outer sees the cancel {}, inner done: {is_done}", tick());
            };
            sees_cancel(shield(shielded.join()), seen).await
        });
        sleep(ms(1000)).await;
        outer.cancel();
        let outer = outer.await;
        say!("outer cancelled: {}", py(outer.is_err_and(|error| error.is_cancelled())));
        say!("inner result {}", inner.join().await.expect("it returns"));
    });
}

pub(crate) fn wait_for_twin(setting: &Setting) {
    async fn work() -> &'static str {
        let hour = sleep(Duration::from_hours(1));
        sees_cancel(hour, || say!("work cancelled {}", tick())).await;
        "done"
    }
    async fn in_time() -> &'static str {
        sleep(ms(1000)).await;
        "in time"
    }
    run(setting, async {
        wait_for(ms(1000), work()).await.expect_err("it takes an hour");
        say!("timeout {}", tick());
        say!("{} {}", work().await, tick());
        say!("{} {}", wait_for(ms(2000), in_time()).await.unwrap(), tick());
        let waiter = spawn(wait_for(ms(100_000), work()));
        sleep(ms(1000)).await;
        waiter.cancel();
        waiter.await.expect_err("it was cancelled");
        say!("waiter cancelled {}", tick());
    });
}

pub(crate) fn wait_for_a_task(setting: &Setting) {
    run(setting, async {
        let task = spawn(async { "done" });
        let (id, found) = (task.id(), wait([task], all_completed, None).await);
        let is_done = py(found.done.iter().any(|task| task.id() == id));
        let (done, pending) = (found.done.len(), found.pending.len());
        say!("{done} done, {pending} pending, work: {is_done}");
    });
}

type Job = JoinHandle<Result<(), ()>>;

fn jobs() -> [Job; 3] {
    [("one", 1, Ok(())), ("two", 2, Err(())), ("three", 3, Ok(()))].map(
        |(name, seconds, result)| {
            spawn_named(name, async move {
                sleep(ms(seconds * 1000)).await;
                result
            })
        },
    )
}

fn names(tasks: &[Job]) -> String {
    let mut names: Vec<_> = tasks.iter().map(|task| task.name().to_string()).collect();
    names.sort();
    if names.is_empty() { "nobody".to_owned() } else { names.join(" ") }
}

pub(crate) fn wait_until(setting: &Setting) {
    async fn one(text: &str, enough: impl FnMut(&Job) -> bool, limit: Option<Duration>) {
        let start = tick();
        let Waited { done, pending } = wait(jobs(), enough, limit).await;
        let took = tick() - start;
        say!("{text}: {took}, done: {}, pending: {}", names(&done), names(&pending));
        wait(pending, all_completed, None).await;
    }
    run(setting, async {
        one("first completed", first_completed, None).await;
        one("first error", first_error, None).await;
        one("all completed", all_completed, None).await;
        one("1500 ms", all_completed, Some(ms(1500))).await;
    });
}

pub(crate) fn as_completed_twin(setting: &Setting) {
    async fn job(name: &str, seconds: u64) -> String {
        say!("{name}: started");
        sleep(ms(seconds * 1000)).await;
        say!("{name}: finished");
        name.to_lowercase()
    }
    async fn sleeps(seconds: u64) -> u64 {
        sleep(ms(seconds * 1000)).await;
        seconds
    }
    run(setting, async {
        let jobs = [("A", 2), ("B", 1), ("C", 3)];
        let mut jobs =
            as_completed(jobs.map(|(name, seconds)| spawn(job(name, seconds))));
        while let Some(result) = jobs.next().await {
            say!("{}", result.unwrap());
        }
        let mut results = as_completed([1, 5].map(|seconds| spawn(sleeps(seconds))));
        let all = timeout(ms(2000), async {
            while let Some(result) = results.next().await {
                say!("{} {}", result.unwrap(), tick());
            }
        });
        all.await.expect_err("one takes five seconds");
        say!("timeout {}", tick());
    });
}

pub(crate) fn wait_for_five(setting: &Setting) {
    run(setting, async {
        let call = |number: usize| async move {
            sleep(ms(1000)).await;
            "ABCDE"[number..=number].to_owned()
        };
        let tasks = (0..5).map(|number| spawn(call(number)));
        let Waited { done, pending } = wait(tasks, all_completed, None).await;
        let done: Vec<_> = gather_tasks(done).await.into_iter().flatten().collect();
        say!("{} {} {}", done.join(" "), pending.len(), tick());
    });
}

pub(crate) fn three_phases(setting: &Setting) {
    async fn job(number: usize, tenths: u64) -> usize {
        say!("> {number}");
        sleep(ms(tenths * 100)).await;
        say!("< {number}");
        number
    }
    async fn phase(
        text: &str,
        wait: impl Future<Output = Waited<usize>>,
    ) -> Vec<JoinHandle<usize>> {
        say!("{text}");
        let Waited { done, pending } = wait.await;
        let done = done.iter().map(|task| task.result().unwrap().unwrap().to_string());
        let done: Vec<_> = done.collect();
        say!("{}; {} go on {}", done.join(" "), pending.len(), tick());
        pending
    }
    let takes = [31, 7, 44, 19, 22, 49, 12, 36, 25, 40];
    run(setting, async {
        let jobs = takes.into_iter().enumerate();
        let tasks: Vec<_> = jobs.map(|(n, tenths)| spawn(job(n + 1, tenths))).collect();
        let rest = phase("the first", wait(tasks, first_completed, None)).await;
        let some = wait(rest, all_completed, Some(ms(2000)));
        let rest = phase("more in two seconds", some).await;
        phase("all others", wait(rest, all_completed, None)).await;
    });
}

pub(crate) fn wait_and_gather(setting: &Setting) {
    async fn hello(what: &str, seconds: u64) -> &str {
        sleep(ms(seconds * 1000)).await;
        say!("{what} {}", tick());
        what
    }
    let hellos = [("first hello", 2), ("second hello", 1), ("third hello", 4)];
    let hellos = || hellos.map(|(what, seconds)| hello(what, seconds));
    run(setting, async {
        let found = wait(hellos().map(spawn), all_completed, None).await;
        let done: Vec<_> = gather_tasks(found.done).await.into_iter().flatten().collect();
        say!("wait: {}", done.join(", "));
        let results: Vec<_> = gather(hellos()).await.into_iter().flatten().collect();
        say!("gather: {}", results.join(", "));
    });
}

pub(crate) fn looks_and_waits(setting: &Setting) {
    async fn program(delay: u64) {
        let [out, err, code] = ["out", "err", "code"].map(Promise::<&str>::new);
        let publish = |promise: &Promise<_>, delay, value| {
            let promise = promise.clone();
            spawn(async move {
                sleep(ms(delay)).await;
                promise.set(value).expect("it is set once");
            })
        };
        let tasks = [
            publish(&out, 1000, "out"),
            publish(&err, 1000, "err"),
            publish(&code, delay, "success"),
        ];
        say!("{} {}", out.await.unwrap(), err.await.unwrap());
        let looks = if code.state() == State::Pending { "nothing" } else { "success" };
        say!("looks: {looks}");
        say!("waits: {}", code.await.unwrap());
        gather_tasks(tasks).await;
    }
    run(setting, program(500));
    run(setting, program(1500));
}
