//! Money goes from one account to another. Each has a lock.

use std::rc::Rc;

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::Mutex;
use trace::{Setting, say};

use crate::{all, ms, run_and_tell};

type Account = Mutex<i32>;

async fn transfer(from: usize, to: usize, accounts: Rc<[Account; 2]>) {
    // The smaller number first, whichever way the money goes.
    let mut first = accounts[from.min(to)].lock().await;
    sleep(ms(10)).await;
    let mut second = accounts[from.max(to)].lock().await;
    let amount = if from < to { 1 } else { -1 };
    *first -= amount;
    *second += amount;
    say!("is done");
}

pub(crate) fn run(setting: &Setting) {
    run_and_tell(setting, async {
        let accounts = ["Ada's account", "Ben's account"];
        let accounts = Rc::new(accounts.map(|name| Mutex::new(5).named(name)));
        let one = spawn_named("Ada to Ben", transfer(0, 1, accounts.clone()));
        let two = spawn_named("Ben to Ada", transfer(1, 0, accounts));
        all([one, two]).await;
    });
}
