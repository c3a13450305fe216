//! Three guests need 5, 10 and 1 minutes to decide. One waiter takes their orders, in
//! the order in which they sat down, or in the order in which they are ready.

use ch06_tasks::{sleep, spawn_named};
use trace::{Setting, say};

use crate::{runtime, seconds};

/// Who sat down, and how many minutes each reads the menu.
const GUESTS: [(&str, u64); 3] = [("Ada", 5), ("Ben", 10), ("Cyd", 1)];

async fn guest(decides_in: u64) {
    say!("reads the menu");
    sleep(seconds(60 * decides_in)).await;
    say!("orders");
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        for task in GUESTS.map(|(name, minutes)| spawn_named(name, guest(minutes))) {
            let _ = task.await;
        }
    });
    say!("every order taken");
}

/// The same evening with a waiter who stands at the table: time passes in him.
pub(crate) fn run_blocking(setting: &Setting) {
    for (name, minutes) in GUESTS {
        say!("stands beside {name}");
        setting.clock.work(seconds(60 * minutes));
        say!("takes the order of {name}");
    }
    say!("every order taken");
}
