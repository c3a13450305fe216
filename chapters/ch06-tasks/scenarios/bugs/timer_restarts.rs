//! A caller waits for 10 ms in all. A message comes every 4 ms, and with each of them the
//! limit is dropped and begins anew.

use std::pin::pin;
use std::time::Duration;

use ch06_tasks::{sleep, spawn_named};
use trace::{Setting, say};

use super::is_first;
use crate::runtime;

/// The next message comes in 4 ms.
async fn message() {
    sleep(Duration::from_millis(4)).await;
}

async fn caller() {
    for number in 1..=5 {
        let mut limit = pin!(sleep(Duration::from_millis(10)));
        if !is_first(pin!(message()), limit.as_mut()).await {
            return say!("has waited long enough");
        }
        say!("message {number}");
    }
}

pub(crate) fn run(setting: &Setting) {
    let caller = async { spawn_named("caller", caller()).await };
    runtime(setting).block_on(caller).expect("it ends");
}
