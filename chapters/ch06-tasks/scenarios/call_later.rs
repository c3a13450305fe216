//! Functions that the loop calls at a time, in the order of their times. A cancelled one
//! is gone at once: the loop waits for two timers, not for three.

use ch06_tasks::{Promise, call_at, call_later};
use trace::{Setting, say};

use crate::{runtime, seconds};

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let done = Promise::new("the last call");
        let set = done.clone();
        call_at(seconds(2), move || set.set(()).expect("it is set once"));
        call_later(seconds(1), || say!("after a second"));
        let too_late = call_later(seconds(3), || say!("never"));
        too_late.cancel();
        let _ = done.await;
        say!("two seconds are over");
    });
}
