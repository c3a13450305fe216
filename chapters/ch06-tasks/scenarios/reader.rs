//! A reader waits for a pipe while a sleeper keeps its rhythm: neither delays the other.

use ch06_tasks::spawn_named;
use trace::{Setting, say};

use crate::reading::{pipe, reading, writing};
use crate::runtime;
use crate::sleepy::sleepy;

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let (source, sender) = pipe();
        let sleepy = spawn_named("sleepy", sleepy(3));
        let reader = spawn_named("reader", reading(source, 5, 2));
        let plan = &[(120, "hello"), (180, "world")];
        let writer = spawn_named("writer", writing(sender, plan));
        let _ = (sleepy.await, reader.await, writer.await);
    });
    say!("all ended");
}
