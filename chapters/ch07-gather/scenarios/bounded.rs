//! Seven calls of a second or two, three at a time.

use ch06_tasks::sleep;
use ch07_gather::gather_bounded;
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn call(number: u64) -> u64 {
    say!("call {number}");
    sleep(seconds(1 + number % 2)).await;
    number
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let results = gather_bounded(3, (1..=7).map(call)).await;
        let results: Vec<_> = results.into_iter().flatten().collect();
        say!("{results:?}");
    });
}
