//! Waits for two futures by polling both, until both are ready in the same poll.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use ch05_futures::{EventLoop, Handle, Task};
use trace::{Setting, say};

use crate::poller;

type Half = Pin<Box<dyn Future<Output = ()>>>;

/// Ready when both halves are.
struct Both([Half; 2]);

impl Future for Both {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let [one, other] = &mut self.0;
        let one = one.as_mut().poll(context);
        let other = other.as_mut().poll(context);
        if one.is_ready() && other.is_ready() { Poll::Ready(()) } else { Poll::Pending }
    }
}

async fn half(handle: Handle, ms: u64) {
    handle.sleep(Duration::from_millis(ms)).await;
    say!("{ms} ms are over");
}

pub(crate) fn run(setting: &Setting) {
    // The message is in the trace; on the terminal it would stand in the middle of it.
    std::panic::set_hook(Box::new(|_| {}));
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let [one, other] = [10, 20].map(|ms| half(event_loop.handle(), ms));
    let both = Both([Box::pin(one), Box::pin(other)]);
    event_loop.spawn(Task::new("both", async {
        both.await;
        Ok(())
    }));
    let _ = event_loop.run();
}
