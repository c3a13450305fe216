//! Somebody is always ready: a source that can always be read, or a sleeper that sleeps
//! for zero. Both go to the end of the queue each time, so the other gets on too.

use std::fs::File;
use std::io::{self, Read as _};
use std::time::Duration;

use ch06_tasks::{Interest, Source, sleep, spawn_named};
use trace::{Clock, Setting};

use crate::reading::{filled, reading};
use crate::runtime;
use crate::sleepy::sleepy;

/// Works for 10 ms and then reads from `/dev/zero`, again and again. To try first would
/// always work, and nobody else would get a turn. So it waits: epoll refuses to watch
/// what never blocks, and to wait for it is to give way.
async fn hungry(clock: Clock, zeros: Source<File>) -> io::Result<()> {
    for _ in 0..12 {
        clock.work(Duration::from_millis(10));
        zeros.ready(Interest::READABLE).await?;
        zeros.get_ref().read_exact(&mut [0])?;
    }
    Ok(())
}

/// Gives way five times, by sleeping for zero.
async fn polite() {
    for _ in 0..5 {
        sleep(Duration::ZERO).await;
    }
}

/// One who can always read, and one who sleeps.
pub(crate) fn run_reader(setting: &Setting) {
    runtime(setting).block_on(async {
        let zeros = File::open("/dev/zero").expect("every Unix has it");
        let sleepy = spawn_named("sleepy", sleepy(1));
        let hungry = hungry(setting.clock.clone(), Source::new("zeros", zeros));
        let hungry = spawn_named("hungry", hungry);
        let _ = (sleepy.await, hungry.await);
    });
}

/// One who is always due, and one who wants to read what is there.
pub(crate) fn run_sleeper(setting: &Setting) {
    runtime(setting).block_on(async {
        let reader = spawn_named("reader", reading(filled("data"), 4, 1));
        let polite = spawn_named("polite", polite());
        let _ = (reader.await, polite.await);
    });
}
