//! Two questions. One is answered after a second; the other is forgotten.

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::oneshot::{Sender, channel};
use trace::{Setting, say};

use crate::{ms, runtime};

async fn expert(answer: Sender<u32>, forgotten: Sender<u32>) {
    sleep(ms(1000)).await;
    say!("sends: {:?}", answer.send(42));
    drop(forgotten);
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let ((one, first), (two, second)) = (channel(), channel());
        drop(spawn_named("expert", expert(one, two)));
        say!("first: {:?}", first.await);
        say!("second: {:?}", second.await);
        let (three, third) = channel();
        drop(third);
        say!("to nobody: {:?}", three.send(43));
    });
}
