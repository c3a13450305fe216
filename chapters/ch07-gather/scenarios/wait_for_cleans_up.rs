//! A transfer that says goodbye when it is stopped. It has a second, and its goodbye
//! takes two.

use ch06_tasks::{catch_cancel, resume_cancel, sleep};
use ch07_gather::wait_for;
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn transfer() {
    if let Err(cancelled) = catch_cancel(sleep(seconds(60))).await {
        say!("says goodbye");
        sleep(seconds(2)).await;
        say!("has said goodbye");
        resume_cancel(cancelled).await;
    }
}

/// Doesn't let the request go on.
async fn stubborn() -> &'static str {
    if catch_cancel(sleep(seconds(60))).await.is_err() {
        say!("takes another second");
        sleep(seconds(1)).await;
    }
    "a value"
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        say!("transfer: {:?}", wait_for(seconds(1), transfer()).await);
        say!("stubborn: {:?}", wait_for(seconds(1), stubborn()).await);
    });
}
