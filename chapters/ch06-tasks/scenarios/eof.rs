//! The writer goes away after three bytes of ten. The end of file is something to read
//! too: the reader gets what came, and ends.

use ch06_tasks::spawn_named;
use trace::Setting;

use crate::reading::{pipe, reading, writing};
use crate::runtime;

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let (source, sender) = pipe();
        let reader = spawn_named("reader", reading(source, 10, 2));
        let writer = spawn_named("writer", writing(sender, &[(10, "abc")]));
        let _ = (reader.await, writer.await);
    });
}
