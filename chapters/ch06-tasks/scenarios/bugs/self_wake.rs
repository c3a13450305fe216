//! A kettle that boils in 5 ms. The future looks, wakes itself, and looks again. A look
//! takes a millisecond.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use ch06_tasks::spawn_named;
use trace::{Clock, Setting, say};

use crate::runtime;

/// Ready when the kettle boils.
struct Kettle {
    clock: Clock,
    boils: Duration,
}

impl Future for Kettle {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.clock.work(Duration::from_millis(1));
        if self.clock.now() >= self.boils {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

pub(crate) fn run(setting: &Setting) {
    let clock = setting.clock.clone();
    let tea = async {
        Kettle { clock, boils: Duration::from_millis(5) }.await;
        say!("boils");
    };
    runtime(setting).block_on(async { spawn_named("tea", tea).await }).expect("it ends");
}
