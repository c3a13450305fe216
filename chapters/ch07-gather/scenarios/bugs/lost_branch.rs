//! Messages of two bytes come over a wire, and a clock ticks every two seconds. The reader
//! waits for whichever is first, again and again.

use ch06_tasks::sleep_until;
use ch07_gather::{Either, select};
use trace::{Setting, say};

use super::Wire;
use crate::{runtime, seconds};

async fn reader() {
    let (mut wire, mut tick) = (Wire::new(), seconds(2));
    loop {
        let message = wire.message();
        let message = match select(message, sleep_until(tick)).await {
            Either::Left(message) => message,
            Either::Right(()) => {
                say!("tick");
                tick += seconds(2);
                continue;
            }
        };
        match message {
            Some(message) => say!("message: {message}"),
            None => return say!("the end of the wire"),
        }
    }
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(reader());
}
