//! A transfer takes three seconds, and gets one.

use ch06_tasks::sleep;
use ch07_gather::timeout;
use trace::{Setting, say};

use crate::{Held, runtime, seconds};

async fn transfer() {
    let _connection = Held("the connection");
    for part in 1..=3 {
        sleep(seconds(1)).await;
        say!("part {part}");
    }
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        say!("{:?}", timeout(seconds(4), transfer()).await);
        say!("{:?}", timeout(seconds(1) / 2, transfer()).await);
        sleep(seconds(3)).await;
    });
}
