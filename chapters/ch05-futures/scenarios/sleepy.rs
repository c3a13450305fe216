//! Five coroutines of five steps each, with a sleep of 0.1 s after every step: as an
//! `async fn`, and as the machine that the compiler makes of it, by hand.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use ch05_futures::{Error, EventLoop, Handle, Sleep, Task};
use trace::{Setting, say};

use crate::poller;

/// Sleeps for `duration`, in two halves.
async fn asleep(handle: &Handle, duration: Duration) {
    handle.sleep(duration / 2).await;
    handle.sleep(duration.saturating_sub(duration / 2)).await;
}

/// What all the machines of stages 2 to 4 were for.
pub(crate) async fn sleepy(handle: Handle, count: u32) -> Result<u32, Error> {
    for step in 1..=count {
        say!("step {step}");
        asleep(&handle, Duration::from_millis(100)).await;
    }
    Ok(count)
}

/// The same by hand: a place, and what must survive at it.
enum Sleepy {
    /// At the top of the loop, after so many steps.
    Step(u32),
    /// In the first half of the sleep after a step, or in the second.
    Asleep { step: u32, half: u32, sleep: Sleep },
}

struct ByHand {
    handle: Handle,
    count: u32,
    at: Sleepy,
}

impl Future for ByHand {
    type Output = Result<u32, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let ByHand { handle, count, at } = &mut *self;
        let begin = || handle.sleep(Duration::from_millis(50));
        loop {
            *at = match at {
                Sleepy::Step(steps) if steps == count => return Poll::Ready(Ok(*count)),
                Sleepy::Step(steps) => {
                    let step = *steps + 1;
                    say!("step {step}");
                    Sleepy::Asleep { step, half: 1, sleep: begin() }
                }
                Sleepy::Asleep { step, half, sleep } => {
                    let (step, half) = (*step, *half);
                    ready!(Pin::new(sleep).poll(context));
                    match half {
                        1 => Sleepy::Asleep { step, half: 2, sleep: begin() },
                        _ => Sleepy::Step(step),
                    }
                }
            };
        }
    }
}

pub(crate) fn run(setting: &Setting) {
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    for n in 1..=5 {
        let sleepy = sleepy(event_loop.handle(), 5);
        event_loop.spawn(Task::new(format!("sleepy-{n}"), sleepy));
    }
    let results = event_loop.run();
    say!("{} ended", results.len());
}

pub(crate) fn run_by_hand(setting: &Setting) {
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    for n in 1..=5 {
        let handle = event_loop.handle();
        let sleepy = ByHand { handle, count: 5, at: Sleepy::Step(0) };
        event_loop.spawn(Task::new(format!("sleepy-{n}"), sleepy));
    }
    let results = event_loop.run();
    say!("{} ended", results.len());
}
