//! The Rust side of the oracle's programs.

pub(crate) mod channels;
pub(crate) mod locks;
pub(crate) mod queues;
pub(crate) mod signals;

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use ch06_tasks::{Builder, JoinHandle, Promise, now};
use trace::Setting;

/// `asyncio.run`: a loop of its own, the main task, and the end of all others.
pub(crate) fn run<F: Future>(setting: &Setting, main: F) -> F::Output {
    let builder = Builder::new().clock(&setting.clock).observer(&setting.observer);
    let runtime = builder.build().expect("a descriptor is left");
    let output = runtime.block_on(main);
    runtime.shutdown();
    output
}

pub(crate) fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// Milliseconds on the loop's clock.
pub(crate) fn tick() -> u128 {
    now().as_millis()
}

/// As Python writes it.
pub(crate) fn python(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

/// As in asyncio: done one turn after the last of them.
pub(crate) fn gather<T: Clone + 'static>(handles: &[JoinHandle<T>]) -> Promise<()> {
    let (all, left) = (Promise::new("all"), Rc::new(Cell::new(handles.len())));
    for handle in handles {
        let (all, left) = (all.clone(), left.clone());
        handle.promise().add_done_callback(move |_| {
            left.update(|n| n - 1);
            if left.get() == 0 {
                let _ = all.set(());
            }
        });
    }
    all
}
