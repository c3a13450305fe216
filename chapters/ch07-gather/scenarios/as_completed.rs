//! Three tasks, and each result is used when it comes.

use ch07_gather::as_completed;
use trace::{Setting, say};

use crate::{job, runtime};

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let mut results = as_completed([job("A", 2), job("B", 1), job("C", 3)]);
        while let Some(result) = results.next().await {
            say!("uses {}", result.expect("none of them fails"));
        }
    });
}
