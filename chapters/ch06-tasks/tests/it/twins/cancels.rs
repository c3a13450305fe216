//! The end of a program with tasks that have not ended.

use std::cell::RefCell;
use std::rc::Rc;

use ch06_tasks::{
    Builder, all_tasks, catch_cancel, resume_cancel, sleep, spawn, yield_now,
};
use trace::{Setting, say};

use super::{ms, run, runtime, tick};

async fn async_foo() {
    say!("async_foo started");
    sleep(ms(1000)).await;
    say!("async_foo done");
}

pub(crate) fn fire_and_forget(setting: &Setting) {
    run(setting, async {
        spawn(async_foo());
        say!("Do some actions 1");
        sleep(ms(1000)).await;
        say!("Do some actions 2");
        sleep(ms(1000)).await;
        say!("Do some actions 3");
    });
}

/// Its destructor notes that the future was dropped where it stood.
struct Destroyed(Rc<RefCell<Vec<&'static str>>>);

impl Drop for Destroyed {
    fn drop(&mut self) {
        let line = "async_foo destroyed: GeneratorExit thrown into it";
        self.0.borrow_mut().push(line);
    }
}

pub(crate) fn destroyed_but_pending(setting: &Setting) {
    let late = Rc::new(RefCell::new(Vec::new()));
    let main = || async {
        let destroyed = Destroyed(late.clone());
        spawn(async move {
            say!("async_foo started");
            match catch_cancel(sleep(ms(1000))).await {
                Ok(()) => say!("async_foo done"),
                Err(cancelled) => {
                    say!("async_foo cancelled {}", tick());
                    resume_cancel(cancelled).await;
                }
            }
            drop(destroyed);
        });
        say!("Do some actions 1");
        sleep(ms(100)).await;
        say!("Do some actions 2");
    };
    let report = late.clone();
    let handler = move |_: &str| {
        report.borrow_mut().push("HANDLER Task was destroyed but it is pending!");
    };
    let builder = Builder::new().clock(&setting.clock).observer(&setting.observer);
    let runtime = builder.exception_handler(handler).build().expect("descriptors");
    runtime.block_on(main());
    drop(runtime);
    late.borrow_mut().sort_unstable();
    late.borrow().iter().for_each(|line| say!("{line}"));
    say!("-- asyncio.run");
    run(setting, main());
}

pub(crate) fn gather_all_pending(setting: &Setting) {
    let runtime = runtime(setting);
    runtime.block_on(async {
        spawn(async_foo());
        say!("Do some actions 1");
        sleep(ms(100)).await;
        say!("Do some actions 2");
    });
    let pending = runtime.enter(all_tasks);
    say!("pending {} {}", pending.len(), setting.clock.now().as_millis());
    runtime.run_until(|| pending.iter().all(|task| task.is_finished()));
    say!("end {}", setting.clock.now().as_millis());
}

pub(crate) fn kill_echo_forever(setting: &Setting) {
    let runtime = runtime(setting);
    runtime.block_on(async {
        spawn(async {
            loop {
                say!("echo");
                sleep(ms(1000)).await;
            }
        });
        say!("Do some actions 1");
        sleep(ms(1000)).await;
        say!("Do some actions 2");
        sleep(ms(1000)).await;
        say!("Do some actions 3");
    });
    for task in runtime.enter(all_tasks) {
        task.cancel();
        runtime.run_until(|| task.is_finished());
        say!("cancelled {}", if task.is_finished() { "True" } else { "False" });
    }
}

pub(crate) fn count_without_sleep(setting: &Setting) {
    let value = run(setting, async {
        spawn(async { (0..3).for_each(|i| say!("{i}")) });
        spawn(async {
            let count = async {
                for i in 0..5 {
                    say!("s {i}");
                    yield_now().await;
                }
            };
            if let Err(cancelled) = catch_cancel(count).await {
                say!("cancelled by asyncio.run");
                resume_cancel(cancelled).await;
            }
        });
        say!("Hello Coroutine World");
        42
    });
    say!("{value}");
}
