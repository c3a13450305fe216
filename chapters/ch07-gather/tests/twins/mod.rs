//! The Rust side of the oracle's programs.

pub(crate) mod errors;
pub(crate) mod gathers;
pub(crate) mod groups;
pub(crate) mod waits;

use std::time::Duration;

use ch06_tasks::{Builder, Cancelled, catch_cancel, now, resume_cancel};
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
pub(crate) fn py(is_so: bool) -> &'static str {
    if is_so { "True" } else { "False" }
}

/// `try: await future; except CancelledError: seen(); raise`.
pub(crate) async fn sees_cancel<F: Future>(future: F, seen: impl FnOnce()) -> F::Output {
    let caught: Result<_, Cancelled> = catch_cancel(future).await;
    match caught {
        Ok(value) => value,
        Err(cancelled) => {
            seen();
            resume_cancel(cancelled).await
        }
    }
}
