//! What the tests share: loops on virtual time, a log, a bomb.

pub(crate) mod net;

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::Duration;

use ch06_tasks::{Builder, Runtime};
use trace::Clock;

pub(crate) fn virtual_time() -> (Runtime, Clock) {
    let clock = Clock::virtual_time();
    let runtime = Builder::new().clock(&clock).exception_handler(|_| ()).build();
    (runtime.expect("a descriptor is left"), clock)
}

pub(crate) fn runtime() -> Runtime {
    virtual_time().0
}

pub(crate) fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// What a call that panics says.
pub(crate) fn panic_of<R>(call: impl FnOnce() -> R) -> String {
    let result = catch_unwind(AssertUnwindSafe(call));
    let Err(payload) = result else { panic!("it does not panic") };
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref().cloned()).expect("it says why")
}

/// Lines, in the order in which they were said.
#[derive(Clone, Default)]
pub(crate) struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    pub(crate) fn say(&self, line: &str) {
        self.0.borrow_mut().push(line.to_owned());
    }

    /// A future that says `line` when it is polled.
    pub(crate) fn line(&self, line: &'static str) -> impl Future<Output = ()> + use<> {
        let log = self.clone();
        async move { log.say(line) }
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.0.borrow().clone()
    }
}

/// Panics when it is dropped.
pub(crate) struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        assert!(std::thread::panicking(), "a bomb");
    }
}
