//! Urgent and ordinary letters, in two channels; and one clerk.

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::Choice;
use ch08_queues::mpsc::{Receiver, UnboundedSender, unbounded_channel};
use trace::{Setting, say};

use crate::{ms, runtime};

async fn late(urgent: UnboundedSender<u32>) {
    sleep(ms(1000)).await;
    let _ = urgent.send(4);
}

/// Three letters each, and a fourth urgent one a second later.
fn channels() -> [Receiver<u32>; 2] {
    let ((urgent, first), (ordinary, second)) =
        (unbounded_channel(), unbounded_channel());
    for n in 1..=3 {
        let _ = (urgent.send(n), ordinary.send(n));
    }
    drop(spawn_named("late", late(urgent)));
    [first, second]
}

async fn clerk(mut letters: Choice<'_, u32>) {
    while let Some((channel, n)) = letters.recv().await {
        say!("{} {n}", ["urgent", "ordinary"][channel]);
    }
}

pub(crate) fn by_priority(setting: &Setting) {
    runtime(setting).block_on(async {
        let mut channels = channels();
        clerk(Choice::by_priority(channels.iter_mut().collect())).await;
    });
}

pub(crate) fn fair(setting: &Setting) {
    runtime(setting).block_on(async {
        let mut channels = channels();
        clerk(Choice::fair(channels.iter_mut().collect())).await;
    });
}
