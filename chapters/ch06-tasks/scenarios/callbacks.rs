//! Callbacks stand in the queue between tasks. What a callback asks for runs in the next
//! turn: one that always calls itself again doesn't keep the others out.

use ch06_tasks::{call_soon, spawn_named, yield_now};
use trace::{Setting, say};

use crate::runtime;

fn again(name: &'static str, left: u32) {
    say!("{name}, {left} left");
    if left > 0 {
        call_soon(move || again(name, left - 1));
    }
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        call_soon(|| again("A", 2));
        let never = call_soon(|| say!("never"));
        let task = spawn_named("task", async {
            say!("step 1");
            yield_now().await;
            say!("step 2");
        });
        call_soon(|| again("B", 1));
        never.cancel();
        let _ = task.await;
    });
}
