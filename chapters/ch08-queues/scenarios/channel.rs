//! Two senders, one receiver, room for one value. When both senders are gone, that is the
//! end.

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::mpsc::{Sender, channel};
use trace::{Setting, say};

use crate::{ms, runtime};

async fn sender(channel: Sender<u32>, first: u32) {
    for n in [first, first + 1] {
        channel.send(n).await.expect("the receiver is there");
        say!("has sent {n}");
    }
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let (channel, mut receiver) = channel(1);
        drop(spawn_named("tens", sender(channel.clone(), 10)));
        drop(spawn_named("twenties", sender(channel, 20)));
        while let Some(n) = receiver.recv().await {
            say!("receives {n}");
            sleep(ms(10)).await;
        }
        say!("no sender is left");
    });
}
