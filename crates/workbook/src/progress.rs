//! A line on standard error about work that lasts.
//!
//! Invariant: it comes once, after a second, or never; and never after what the work's
//! own caller says next. Cargo shows its own progress nowhere: this is all there is.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::out;

/// How long a reader waits without wondering.
const PATIENCE: Duration = Duration::from_secs(1);

/// Work that goes on for as long as this value lives.
pub(crate) struct Progress {
    /// Dropped when the work is done: that ends the thread.
    done: Option<mpsc::Sender<()>>,
    /// Waits, and says the line if nothing comes.
    thread: Option<JoinHandle<()>>,
}

/// Does `work`, and says `line` if it lasts.
pub(crate) fn during<T>(line: String, work: impl FnOnce() -> T) -> T {
    let progress = Progress::new(line);
    let result = work();
    drop(progress);
    result
}

impl Progress {
    fn new(line: String) -> Self {
        let (done, ended) = mpsc::channel::<()>();
        let wait = move || {
            if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                out::say(&line);
            }
        };
        Progress { done: Some(done), thread: Some(thread::spawn(wait)) }
    }
}

impl Drop for Progress {
    /// Waits for the thread, so that the line can't come after what follows the work.
    fn drop(&mut self) {
        drop(self.done.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
