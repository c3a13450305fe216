//! The Rust side of the oracle's programs.

#![allow(
    clippy::unused_async,
    reason = "a coroutine that never suspends is what some of them show"
)]

pub(crate) mod awaits;
pub(crate) mod callbacks;
pub(crate) mod cancels;
pub(crate) mod tasks;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use ch06_tasks::{Builder, JoinHandle, Promise, Runtime, now};
use trace::Setting;

/// A loop as the setting asks for it.
pub(crate) fn runtime(setting: &Setting) -> Runtime {
    let builder = Builder::new().clock(&setting.clock).observer(&setting.observer);
    builder.build().expect("a descriptor is left")
}

/// `asyncio.run`: a loop of its own, the main task, and the end of all others.
pub(crate) fn run<F: Future>(setting: &Setting, main: F) -> F::Output {
    let runtime = runtime(setting);
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

/// As in asyncio: done one turn after the last of them.
pub(crate) fn gather<T: Clone + 'static>(handles: &[JoinHandle<T>]) -> Promise<()> {
    let (all, left) = (Promise::new("all"), Rc::new(RefCell::new(handles.len())));
    for handle in handles {
        let (all, left) = (all.clone(), left.clone());
        handle.promise().add_done_callback(move |_| {
            *left.borrow_mut() -= 1;
            if *left.borrow() == 0 {
                let _ = all.set(());
            }
        });
    }
    all
}
