//! Three tasks that take different times, started together and waited for together.

use ch07_gather::gather_tasks;
use trace::{Setting, say};

use crate::{job, runtime};

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let results = gather_tasks([job("A", 2), job("B", 1), job("C", 3)]).await;
        for result in results {
            say!("{:?}", result.expect("none of them fails"));
        }
    });
}
