//! A program's output and its exit code come over two channels. One who has read all the
//! output looks for the code; then it waits for it.

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::oneshot::{Sender, channel};
use trace::{Setting, say};

use crate::{ms, runtime};

async fn program(output: Sender<&'static str>, code: Sender<u32>) {
    sleep(ms(1000)).await;
    let _ = output.send("hello");
    sleep(ms(500)).await;
    let _ = code.send(0);
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let ((out, output), (exit, mut code)) = (channel(), channel());
        drop(spawn_named("program", program(out, exit)));
        say!("the output: {:?}", output.await);
        say!("looks: {:?}", code.try_recv());
        say!("waits: {:?}", code.await);
    });
}
