//! A kettle that boils in 5 ms. The future leaves its waker with a timer. A look takes a
//! millisecond.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use ch06_tasks::{sleep_until, spawn_named};
use trace::{Clock, Setting, say};

use crate::runtime;

/// Ready when the kettle boils.
struct Kettle {
    clock: Clock,
    boils: Pin<Box<dyn Future<Output = ()>>>,
}

impl Future for Kettle {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.clock.work(Duration::from_millis(1));
        self.boils.as_mut().poll(context)
    }
}

pub(crate) fn run(setting: &Setting) {
    let clock = setting.clock.clone();
    let tea = async {
        let boils = Box::pin(sleep_until(Duration::from_millis(5)));
        Kettle { clock, boils }.await;
        say!("boils");
    };
    runtime(setting).block_on(async { spawn_named("tea", tea).await }).expect("it ends");
}
