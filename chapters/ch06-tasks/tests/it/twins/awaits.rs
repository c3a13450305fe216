//! What an await does, and what it doesn't.

use std::time::Duration;

use ch06_tasks::{now, sleep, spawn, yield_now};
use trace::{Clock, Setting, say};

use super::{gather, ms, run, tick};

async fn my_coro(clock: Clock) {
    let end = now() + ms(3000);
    loop {
        say!("Blocking...");
        async { clock.work(ms(400)) }.await;
        if now() > end {
            return say!("Done.");
        }
    }
}

pub(crate) fn without_suspend(setting: &Setting) {
    run(setting, my_coro(setting.clock.clone()));
    say!("tick {}", setting.clock.now().as_millis());
}

/// Works, or sleeps, for 0.4 s until 3 s are over.
async fn named(name: &str, work: Option<Clock>) {
    let end = now() + ms(3000);
    say!("{name} Blocking... {}", tick());
    loop {
        match &work {
            Some(clock) => clock.work(ms(400)),
            None => sleep(ms(400)).await,
        }
        if now() > end {
            return say!("{name} Done. {}", tick());
        }
    }
}

pub(crate) fn without_suspend_gather(setting: &Setting) {
    let clock = setting.clock.clone();
    run(setting, async {
        let both = ["A", "B"].map(|name| spawn(named(name, Some(clock.clone()))));
        let _ = gather(&both).await;
        say!("--- with a suspension point");
        let _ = gather(&["A", "B"].map(|name| spawn(named(name, None)))).await;
    });
}

pub(crate) fn sequential(setting: &Setting) {
    async fn messenger() -> &'static str {
        sleep(ms(1000)).await;
        "A Message"
    }
    run(setting, async {
        say!("{} {}", messenger().await, tick());
        sleep(ms(1000)).await;
    });
    say!("total {}", setting.clock.now().as_millis());
}

pub(crate) fn caller_never_yields(setting: &Setting) {
    async fn callee() {}
    run(setting, async {
        let caller = spawn(async {
            for i in 0..5 {
                say!("caller {i}");
                callee().await;
            }
        });
        let witness = spawn(async { say!("witness runs") });
        let _ = caller.await;
        let _ = witness.await;
    });
}

/// Two callers of five calls each.
async fn callers<A: Future, B: Future>(
    one: impl Fn() -> A + 'static,
    two: impl Fn() -> B + 'static,
) {
    let one = spawn(async move {
        for _ in 0..5 {
            one().await;
        }
    });
    let two = spawn(async move {
        for _ in 0..5 {
            two().await;
        }
    });
    let _ = one.await;
    let _ = two.await;
}

async fn sleeping(says: &str) {
    sleep(ms(1000)).await;
    say!("{says} at t={}", tick());
}

pub(crate) fn caller_sync_callee(setting: &Setting) {
    let clock = setting.clock.clone();
    let two = move || {
        clock.work(ms(1000));
        say!("sync called at t={}", tick());
        std::future::ready(())
    };
    run(setting, callers(|| sleeping("called"), two));
}

pub(crate) fn caller_async_callee(setting: &Setting) {
    run(setting, callers(|| sleeping("called"), || sleeping("sync called")));
}

pub(crate) fn caller_inner_callee(setting: &Setting) {
    async fn inner() {
        sleep(ms(1000)).await;
    }
    let two = || async {
        inner().await;
        say!("sync called at t={}", tick());
    };
    run(setting, callers(|| sleeping("called"), two));
}

pub(crate) fn yield_return_awaitable(setting: &Setting) {
    (0..5).for_each(|i| say!("yielded {i}"));
    say!("returned 5");
    let unyielding = async { 2 };
    let mut first = std::pin::pin!(unyielding);
    let cx = &mut std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(value) = first.as_mut().poll(cx) else { unreachable!() };
    say!("unyielding: finished by the first send, {value}");
    run(setting, async {
        spawn(async { say!("other runs") });
        say!("before await of a plain coroutine");
        async {}.await;
        say!("after it: other has not run");
        yield_now().await;
        say!("after YieldToLoop: other has run");
    });
}

async fn count(n: u32) -> u32 {
    (0..n).for_each(|i| say!("{i}"));
    n
}

async fn count_ticks(n: u32) -> u32 {
    (0..n).for_each(|i| say!("{i} {}", tick()));
    n
}

const FIVE: Duration = Duration::from_secs(5);

pub(crate) fn count_hello(setting: &Setting) {
    let value = run(setting, async {
        spawn(count(3));
        say!("Hello Coroutine World");
        sleep(FIVE).await;
        42
    });
    say!("{value}");
}

pub(crate) fn count_sleep_first(setting: &Setting) {
    let value = run(setting, async {
        spawn(count(3));
        sleep(FIVE).await;
        say!("Hello Coroutine World");
        42
    });
    say!("{value}");
}

pub(crate) fn count_await_task(setting: &Setting) {
    let value = run(setting, async {
        let task = spawn(count_ticks(3));
        say!("Hello Coroutine World");
        sleep(FIVE).await;
        let result = task.await.expect("it returns");
        say!("{result} {}", tick());
        42
    });
    say!("{value}");
}

pub(crate) fn count_await_coroutine(setting: &Setting) {
    let value = run(setting, async {
        say!("Hello Coroutine World");
        sleep(FIVE).await;
        let result = count_ticks(3).await;
        say!("{result} {}", tick());
        42
    });
    say!("{value}");
}
