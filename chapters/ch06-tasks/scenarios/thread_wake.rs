//! A thread computes, and wakes the task that waits for the answer. All that the two
//! share is a place for the answer and one for the waker, under a lock. Virtual time
//! stands still meanwhile: the sleeper's second begins when the thread is done.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::thread;

use ch06_tasks::{Remote, sleep, spawn_named, waits_for, yield_now};
use trace::{Setting, say};

use crate::{runtime, seconds};

/// The answer, and who waits for it.
type Shared = Arc<Mutex<(Option<u32>, Option<Waker>)>>;

/// Runs in the thread. While it has `remote`, the loop expects it to call.
fn compute(shared: &Shared, remote: Remote) {
    let mut place = shared.lock().unwrap_or_else(PoisonError::into_inner);
    place.0 = Some(42);
    place.1.take().into_iter().for_each(Waker::wake);
    drop(remote);
}

/// Starts the thread when it has left its waker.
async fn answer() -> u32 {
    let (shared, mut thread) = (Shared::default(), None);
    let answer = poll_fn(|cx| {
        let mut place = shared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = place.0 {
            return Poll::Ready(answer);
        }
        place.1 = Some(cx.waker().clone());
        let (remote, shared) = (Remote::new(), shared.clone());
        thread.get_or_insert_with(|| thread::spawn(move || compute(&shared, remote)));
        waits_for("the thread");
        Poll::Pending
    });
    answer.await
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let sleeper = spawn_named("sleeper", sleep(seconds(1)));
        yield_now().await;
        say!("the answer: {}", answer().await);
        let _ = sleeper.await;
    });
}
