//! Messages of two bytes come over a wire, and a clock ticks meanwhile. The reader waits
//! for whichever is first, again and again: once in the obvious way, once in the right
//! one.

use std::pin::pin;

use ch06_tasks::sleep_until;
use ch07_gather::{Either, select};
use trace::{Setting, say};

use crate::{runtime, seconds};

/// Bytes, and when each arrives.
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

    /// Two bytes. The first is in a local variable while it waits for the second.
    async fn message(&mut self) -> Option<String> {
        let first = self.byte().await?;
        let second = self.byte().await?;
        Some(format!("{first}{second}"))
    }
}

/// Makes a new `message` each time, and drops it if the clock is first.
pub(crate) fn bug(setting: &Setting) {
    runtime(setting).block_on(async {
        let (mut wire, mut tick) = (Wire::new(), seconds(2));
        loop {
            match select(wire.message(), sleep_until(tick)).await {
                Either::Left(Some(message)) => say!("message: {message}"),
                Either::Left(None) => return say!("the end of the wire"),
                Either::Right(()) => {
                    say!("tick");
                    tick += seconds(2);
                }
            }
        }
    });
}

/// The future that has read something is kept, and only borrowed to the race.
pub(crate) fn fixed(setting: &Setting) {
    runtime(setting).block_on(async {
        let (mut wire, mut tick) = (Wire::new(), seconds(2));
        loop {
            let mut message = pin!(wire.message());
            let message = loop {
                match select(message.as_mut(), sleep_until(tick)).await {
                    Either::Left(message) => break message,
                    Either::Right(()) => say!("tick"),
                }
                tick += seconds(2);
            };
            match message {
                Some(message) => say!("message: {message}"),
                None => return say!("the end of the wire"),
            }
        }
    });
}
