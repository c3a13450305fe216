//! What locks, signals, queues, channels and choices promise: in order of arrival, past
//! tasks that are gone, at the end of a channel, and over ten thousand random steps.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod channels;
mod choices;
mod locks;
mod queues;
mod schedules;
mod semaphores;
mod signals;

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use ch06_tasks::{Builder, JoinHandle, Runtime, spawn};
use trace::Clock;

fn runtime() -> Runtime {
    let builder = Builder::new().clock(&Clock::virtual_time());
    builder.exception_handler(|_| ()).build().expect("a descriptor is left")
}

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// What `future` gives in one poll.
async fn poll<F: Future + ?Sized>(future: &mut Pin<Box<F>>) -> Option<F::Output> {
    let once = poll_fn(|cx| {
        Poll::Ready(match future.as_mut().poll(cx) {
            Poll::Ready(output) => Some(output),
            Poll::Pending => None,
        })
    });
    once.await
}

/// A future that has been polled, and waits.
async fn waiting<F: Future>(future: F) -> Pin<Box<F>> {
    let mut future = Box::pin(future);
    assert!(poll(&mut future).await.is_none(), "it doesn't wait");
    future
}

/// What a call that panics says.
fn panic_of<R>(call: impl FnOnce() -> R) -> String {
    let result = catch_unwind(AssertUnwindSafe(call));
    let Err(payload) = result else { panic!("it does not panic") };
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref().cloned()).expect("it says why")
}

/// Lines, in the order in which they were said.
#[derive(Clone, Default)]
struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    fn say(&self, line: &impl ToString) {
        self.0.borrow_mut().push(line.to_string());
    }

    fn lines(&self) -> Vec<String> {
        self.0.borrow().clone()
    }

    /// A task that awaits `future` and then says `line`.
    fn after<F: Future + 'static>(
        &self,
        line: impl ToString + 'static,
        future: F,
    ) -> JoinHandle<()> {
        let log = self.clone();
        spawn(async move {
            let _output = future.await;
            log.say(&line);
        })
    }
}

/// Counts how often a value is dropped.
#[derive(Clone, Debug, Default)]
struct Drops(Rc<Cell<usize>>);

/// A value that says so when it is dropped.
#[derive(Debug)]
struct Value(Drops);

impl Drops {
    fn value(&self) -> Value {
        Value(self.clone())
    }

    fn count(&self) -> usize {
        self.0.get()
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        self.0.0.update(|n| n + 1);
    }
}
