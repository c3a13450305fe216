//! Three tasks add to the same number, a thousand times each. Between reading and writing
//! there is no await.

use std::cell::Cell;
use std::rc::Rc;

use ch06_tasks::{spawn_named, yield_now};
use trace::{Setting, say};

use crate::{all, runtime};

async fn count(number: Rc<Cell<u32>>) {
    for n in 1..=1000 {
        let before = number.get();
        number.set(before + 1);
        if n == 500 {
            yield_now().await;
        }
    }
    say!("sees {}", number.get());
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let number = Rc::new(Cell::new(0));
        all(["a", "b", "c"].map(|name| spawn_named(name, count(number.clone())))).await;
        say!("in all: {}", number.get());
    });
}
