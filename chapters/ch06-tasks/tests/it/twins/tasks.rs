//! Tasks: spawned, awaited, named, asked.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use ch06_tasks::{
    Promise, State, TaskLocal, all_tasks, call_soon, current_task, sleep, spawn,
    spawn_named, yield_now,
};
use trace::{Setting, say};

use super::{gather, ms, run, tick};

pub(crate) fn two(setting: &Setting) {
    run(setting, async {
        let one = spawn(sleep(ms(1000)));
        let two = spawn(sleep(ms(1000)));
        let _ = one.await;
        // `done()` is an adjective of Python's.
        let is_done = if two.is_finished() { "True" } else { "False" };
        say!("task1 {} task2 done: {is_done}", tick());
        let _ = two.await;
        say!("task2 {}", tick());
    });
    say!("total {}", setting.clock.now().as_millis());
}

pub(crate) fn result(setting: &Setting) {
    async fn delayer(n: u32) -> &'static str {
        say!("delayer {n} starts {}", tick());
        sleep(ms(1000)).await;
        "Hello"
    }
    run(setting, async {
        say!("tasks at start: {}", all_tasks().len());
        let (one, two) = (spawn(delayer(1)), spawn(delayer(2)));
        say!("tasks after create_task: {} nothing has run yet", all_tasks().len());
        say!("{}", one.await.expect("it returns"));
        say!("{}", two.await.expect("it returns"));
    });
}

pub(crate) fn sleep_zero(setting: &Setting) {
    async fn worker(name: &str, n: u32) {
        for k in 0..n {
            say!("{name} {k}");
            sleep(ms(0)).await;
        }
        say!("{name} end");
    }
    run(setting, async {
        let tasks = [("a", 3), ("b", 1), ("c", 2)].map(|(c, n)| spawn(worker(c, n)));
        for k in 0..4 {
            say!("main {k}");
            sleep(ms(0)).await;
        }
        let _ = gather(&tasks).await;
        say!("main end");
    });
}

/// What a call that panics says.
fn panic_of(call: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(call)).expect_err("it panics");
    payload.downcast_ref::<String>().cloned().unwrap_or_else(|| {
        (*payload.downcast_ref::<&str>().expect("it says why")).to_owned()
    })
}

pub(crate) fn done(setting: &Setting) {
    async fn work() -> &'static str {
        "done"
    }
    run(setting, async { say!("{}", spawn(work()).await.expect("it returns")) });
    say!("RuntimeError: {}", panic_of(|| drop(spawn(work()))));
}

pub(crate) fn three(setting: &Setting) {
    async fn sleeper(name: &str, seconds: u64) {
        say!("{name}: started");
        sleep(ms(1000 * seconds)).await;
        say!("{name}: finished");
    }
    run(setting, async {
        let tasks =
            [("A", 2), ("B", 1), ("C", 3)].map(|(name, s)| spawn(sleeper(name, s)));
        for (n, task) in (1..).zip(tasks) {
            let _ = task.await;
            say!("t{n} awaited {}", tick());
        }
    });
}

fn python(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

async fn ok() -> Result<u32, &'static str> {
    sleep(ms(1000)).await;
    Ok(42)
}

async fn bad() -> Result<u32, &'static str> {
    sleep(ms(1000)).await;
    Err("'k'")
}

pub(crate) fn methods(setting: &Setting) {
    run(setting, async {
        let task = Rc::new(spawn_named("first", ok()));
        let is_cancelled = matches!(task.result(), Some(Err(_)));
        say!("{} {} {}", task.name(), python(task.is_finished()), python(is_cancelled));
        for method in ["result", "exception"] {
            assert!(task.result().is_none());
            say!("{method} raises InvalidStateError");
        }
        task.set_name("renamed");
        let cb1 = |task: Rc<ch06_tasks::JoinHandle<_>>| {
            move |_: &Promise<_>| {
                say!("cb1 {} {}", task.name(), python(task.is_finished()));
            }
        };
        task.promise().add_done_callback(cb1(task.clone()));
        let cb2 = task.promise().add_done_callback(|_| say!("cb2"));
        task.promise().add_done_callback(cb1(task.clone()));
        let removed = |()| u32::from(task.promise().remove_done_callback(cb2));
        let [first, second] = [(), ()].map(removed);
        say!("removed {first} {second}");
        let value = task.join().await.expect("it returns").expect("it doesn't fail");
        say!("after await {} {value} None", python(task.is_finished()));
        yield_now().await;
        let error = spawn(bad()).await.expect("it returns").expect_err("it fails");
        say!("KeyError {error} KeyError({error})");
        cancelled().await;
    });
}

async fn cancelled() {
    let task = spawn(ok());
    yield_now().await;
    let asked = task.cancel_with("why");
    let (is_cancelled, is_done) = (task.result().is_some(), task.is_finished());
    say!(
        "cancel -> {} cancelled(): {} done(): {}",
        python(asked),
        python(is_cancelled),
        python(is_done)
    );
    let error = task.join().await.expect_err("it was cancelled");
    let why = error.why().and_then(|why| why.0.clone()).expect("it says");
    let is_done = python(task.is_finished());
    say!("CancelledError ('{why}',) {} {is_done}", python(error.is_cancelled()));
    say!("cancel again -> {}", python(task.cancel()));
    for method in ["result", "exception"] {
        assert!(task.result().expect("it is done").is_err());
        say!("{method} raises CancelledError");
    }
}

pub(crate) fn current_and_all(setting: &Setting) {
    fn name() -> String {
        current_task().map_or("None".into(), |task| task.name().to_string())
    }
    fn names() -> String {
        let mut names: Vec<_> =
            all_tasks().iter().map(|it| format!("'{}'", it.name())).collect();
        names.sort();
        format!("[{}]", names.join(", "))
    }
    run(setting, async {
        say!("main is {}", name());
        let tasks = [0, 1].map(|i| {
            spawn_named(&format!("child-{i}"), async {
                say!("child is {}", name());
                sleep(ms(1000)).await;
            })
        });
        say!("{}", names());
        call_soon(|| say!("in a callback: {}", name()));
        for task in tasks {
            let _ = task.await;
        }
        say!("{}", names());
    });
    say!("RuntimeError: {}", panic_of(|| drop(current_task())));
}

pub(crate) fn long_operation(setting: &Setting) {
    async fn msg(text: &str) {
        sleep(ms(100)).await;
        say!("{text} {}", tick());
    }
    async fn long_operation() {
        say!("long_operation started");
        sleep(ms(3000)).await;
        say!("long_operation finished {}", tick());
    }
    run(setting, async {
        msg("first").await;
        let task = spawn(long_operation());
        msg("second").await;
        let _ = task.await;
    });
    say!("-- with a plain await");
    run(setting, async {
        msg("first").await;
        long_operation().await;
        msg("second").await;
    });
}

async fn p(word: &str) {
    say!("{} - {word}", tick());
}

pub(crate) fn await_vs_spawn_1(setting: &Setting) {
    run(setting, async {
        let future = p("await");
        let task = spawn(p("create_task"));
        future.await;
        let _ = task.await;
    });
}

pub(crate) fn await_vs_spawn_2(setting: &Setting) {
    for delay in [1000, 0] {
        run(setting, async {
            let future = p("await");
            let task = spawn(p("create_task"));
            sleep(ms(delay)).await;
            future.await;
            let _ = task.await;
        });
    }
}

static VAR: TaskLocal<&str> = TaskLocal::new(|| "unset");

pub(crate) fn await_or_spawn(setting: &Setting) {
    async fn count(n: u32) -> u32 {
        VAR.set("set inside");
        n
    }
    run(setting, async {
        for how in ["await count(10)", "await create_task(count(10))"] {
            VAR.set("unset");
            let other = spawn(async {});
            let value = match how.starts_with("await count") {
                true => count(10).await,
                false => spawn(count(10)).await.expect("it returns"),
            };
            let let_in = python(other.is_finished());
            let leaked = VAR.get();
            say!(
                "{how} -> {value} | other tasks let in: {let_in} | context leaked: {leaked}"
            );
            yield_now().await;
        }
    });
}

pub(crate) fn ensure_future(setting: &Setting) {
    async fn coro() -> &'static str {
        "coroutine"
    }
    run(setting, async {
        say!("Task {}", spawn(coro()).await.expect("it returns"));
        let promise = Promise::<()>::new("a future");
        let same = promise.clone();
        let _ = promise.set(());
        say!(
            "a future is returned as it is: {}",
            python(same.state() == State::Finished)
        );
        say!("a task too: True {}", spawn(coro()).await.expect("it returns"));
        let wrapped = spawn(async {
            yield_now().await;
            "awaitable"
        });
        say!(
            "an awaitable is wrapped in a task: True {}",
            wrapped.await.expect("it returns")
        );
    });
}
