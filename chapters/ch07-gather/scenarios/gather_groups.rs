//! Groups of tasks, gathered in a group. After a second one of them is told to stop.

use ch06_tasks::sleep;
use ch07_gather::{gather, gather_tasks};
use trace::{Setting, say};

use crate::{job, runtime, seconds};

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let north = gather_tasks([job("N1", 3), job("N2", 2)]);
        let south = gather_tasks([job("S1", 2), job("S2", 3)]);
        sleep(seconds(1)).await;
        say!("stops the south: {}", south.cancel());
        for group in gather([north, south]).await {
            let group = group.expect("nobody cancels a whole group");
            let ended = group.iter().filter(|result| result.is_ok()).count();
            say!("{ended} of {} came to an end", group.len());
        }
    });
}
