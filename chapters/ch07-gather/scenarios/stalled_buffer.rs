//! Two requests go out together. Each has two steps of a second. Whoever uses the results
//! takes five seconds for each. First the requests are futures that are polled in place,
//! then tasks.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use ch06_tasks::{sleep, spawn_named};
use ch07_gather::as_completed;
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn request(name: &'static str, takes: u64) -> &'static str {
    sleep(seconds(takes)).await;
    say!("{name}: connected");
    sleep(seconds(1)).await;
    say!("{name}: answered");
    name
}

async fn use_it(answer: &str) {
    say!("works with {answer}");
    sleep(seconds(5)).await;
}

/// Futures that make progress while somebody awaits [`next`](Self::next), and only then.
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

pub(crate) fn bug(setting: &Setting) {
    runtime(setting).block_on(async {
        let requests = [("one", 1), ("two", 2)].map(|(name, takes)| request(name, takes));
        let mut answers = Buffer(requests.map(Box::pin).into());
        while let Some(answer) = answers.next().await {
            use_it(answer).await;
        }
    });
}

pub(crate) fn fixed(setting: &Setting) {
    runtime(setting).block_on(async {
        let requests = [("one", 1), ("two", 2)];
        let requests =
            requests.map(|(name, takes)| spawn_named(name, request(name, takes)));
        let mut answers = as_completed(requests);
        while let Some(answer) = answers.next().await {
            use_it(answer.expect("no request fails")).await;
        }
    });
}
