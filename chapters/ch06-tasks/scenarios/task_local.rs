//! Each task has its own value of a variable: at first, that of who spawned it.

use ch06_tasks::{TaskLocal, spawn_named, yield_now};
use trace::{Setting, say};

use crate::runtime;

static USER: TaskLocal<&str> = TaskLocal::new(|| "nobody");

async fn request(user: &'static str) {
    say!("begins as {}", USER.get());
    USER.set(user);
    yield_now().await;
    say!("goes on as {}", USER.get());
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let first = spawn_named("first", request("Ada"));
        USER.set("the server");
        let second = spawn_named("second", request("Ben"));
        let _ = first.await;
        let _ = second.await;
        say!("still {}", USER.get());
    });
}
