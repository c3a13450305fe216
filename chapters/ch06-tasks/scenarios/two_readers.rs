//! Three sources can be read at the same moment. Each reader tries, and need not wait.

use ch06_tasks::spawn_named;
use trace::Setting;

use crate::reading::{filled, reading};
use crate::runtime;

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let reader =
            |n| spawn_named(&format!("reader-{n}"), reading(filled("data"), 4, 1));
        for task in [1, 2, 3].map(reader) {
            let _ = task.await;
        }
    });
}
