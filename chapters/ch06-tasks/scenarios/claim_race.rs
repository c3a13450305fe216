//! "One thread means no races": two tasks add 1 to a balance, and a suspension stands
//! between what each reads and what it writes. Then the same without that suspension.

use std::cell::Cell;
use std::rc::Rc;

use ch06_tasks::{spawn_named, yield_now};
use trace::{Setting, say};

use crate::runtime;

type Balance = Rc<Cell<u32>>;

async fn suspends_between(balance: Balance) {
    let read = balance.get();
    say!("reads {read}");
    yield_now().await;
    balance.set(read + 1);
    say!("writes {}", read + 1);
}

async fn suspends_after(balance: Balance) {
    let read = balance.get();
    balance.set(read + 1);
    say!("reads {read} and writes {}", read + 1);
    yield_now().await;
}

/// Two deposits side by side, and what is there at the end.
fn deposits<F: Future<Output = ()> + 'static>(
    setting: &Setting,
    deposit: fn(Balance) -> F,
) {
    let balance = Balance::default();
    runtime(setting).block_on(async {
        let tasks =
            ["Ada", "Ben"].map(|name| spawn_named(name, deposit(balance.clone())));
        for task in tasks {
            let _ = task.await;
        }
        say!("two deposits of 1: {}", balance.get());
    });
}

pub(crate) fn race(setting: &Setting) {
    deposits(setting, suspends_between);
}

pub(crate) fn no_lock(setting: &Setting) {
    deposits(setting, suspends_after);
}
