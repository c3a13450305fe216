//! The same, with the message begun before the loop that the clock interrupts: the race
//! only borrows it.

use std::pin::pin;

use ch06_tasks::sleep_until;
use ch07_gather::{Either, select};
use trace::{Setting, say};

use super::Wire;
use crate::{runtime, seconds};

async fn reader() {
    let (mut wire, mut tick) = (Wire::new(), seconds(2));
    loop {
        let mut message = pin!(wire.message());
        let message = loop {
            match select(message.as_mut(), sleep_until(tick)).await {
                Either::Left(message) => break message,
                Either::Right(()) => {
                    say!("tick");
                    tick += seconds(2);
                }
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
