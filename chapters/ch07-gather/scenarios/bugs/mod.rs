//! Bugs of the gallery that this chapter can show, each with its fix.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use ch06_tasks::{sleep, sleep_until};
use trace::say;

use crate::seconds;

pub(crate) mod lost_branch;
pub(crate) mod lost_branch_fixed;
pub(crate) mod stalled_buffer;
pub(crate) mod stalled_buffer_fixed;

/// Bytes, and when each arrives. A message is two of them.
struct Wire(Vec<(u64, char)>);

impl Wire {
    fn new() -> Self {
        Wire(vec![(1, 'h'), (3, 'i'), (5, 'y'), (7, 'o')])
    }

    async fn byte(&mut self) -> Option<char> {
        let (arrives, byte) = *self.0.first()?;
        sleep_until(seconds(arrives)).await;
        self.0.remove(0);
        Some(byte)
    }

    /// The first byte is in a local variable while it waits for the second.
    async fn message(&mut self) -> Option<String> {
        let first = self.byte().await?;
        let second = self.byte().await?;
        Some(format!("{first}{second}"))
    }
}

/// Two steps.
async fn request(name: &'static str, takes: u64) -> &'static str {
    sleep(seconds(takes)).await;
    say!("{name}: connected");
    sleep(seconds(1)).await;
    say!("{name}: answered");
    name
}

/// Takes five seconds.
async fn work_with(answer: &str) {
    say!("works with {answer}");
    sleep(seconds(5)).await;
}

/// Futures in one place, to be asked for in the order in which they are ready.
struct Buffer<F>(Vec<Pin<Box<F>>>);

impl<F: Future> Buffer<F> {
    async fn next(&mut self) -> Option<F::Output> {
        let next = poll_fn(|cx| {
            for number in 0..self.0.len() {
                if let Poll::Ready(value) = self.0[number].as_mut().poll(cx) {
                    drop(self.0.remove(number));
                    return Poll::Ready(Some(value));
                }
            }
            if self.0.is_empty() { Poll::Ready(None) } else { Poll::Pending }
        });
        next.await
    }
}
