//! A promise: one task awaits a value, another sets it three seconds later.

use ch06_tasks::{Promise, sleep, spawn_named};
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn foo(promise: Promise<&'static str>) {
    say!("awaits the promise");
    match promise.await {
        Ok(value) => say!("gets: {value}"),
        Err(cancelled) => say!("gets nothing: {cancelled}"),
    }
}

async fn bar(promise: Promise<&'static str>) {
    sleep(seconds(3)).await;
    say!("sets it, is {:?}", promise.state());
    promise.set("resolved").expect("nobody else sets it");
    say!("has set it, is {:?}", promise.state());
    say!("a second time: {:?}", promise.set("again"));
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let promise = Promise::new("the promise");
        promise.add_done_callback(|promise| say!("it is {:?}", promise.state()));
        let tasks =
            [spawn_named("foo", foo(promise.clone())), spawn_named("bar", bar(promise))];
        for task in tasks {
            let _ = task.await;
        }
    });
}
