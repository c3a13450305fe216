//! Waits for two futures by polling those that are not ready yet.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use ch05_futures::{EventLoop, Handle, Task};
use trace::{Setting, say};

use crate::poller;

type Half = Pin<Box<dyn Future<Output = ()>>>;

/// Ready when both halves are. One that is ready is gone.
struct Both([Option<Half>; 2]);

impl Future for Both {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        for half in &mut self.0 {
            if half.as_mut().is_some_and(|it| it.as_mut().poll(context).is_ready()) {
                *half = None;
            }
        }
        let is_ready = self.0.iter().all(Option::is_none);
        if is_ready { Poll::Ready(()) } else { Poll::Pending }
    }
}

async fn half(handle: Handle, ms: u64) {
    handle.sleep(Duration::from_millis(ms)).await;
    say!("{ms} ms are over");
}

pub(crate) fn run(setting: &Setting) {
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let [one, other] = [10, 20].map(|ms| half(event_loop.handle(), ms));
    let both = Both([Some(Box::pin(one)), Some(Box::pin(other))]);
    event_loop.spawn(Task::new("both", async {
        both.await;
        Ok(())
    }));
    let _ = event_loop.run();
}
