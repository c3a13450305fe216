//! One listens to two channels, and loses patience after a second.

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::Choice;
use ch08_queues::mpsc::unbounded_channel;
use trace::{Setting, say};

use crate::{ms, runtime};

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let ((ada, mut first), (ben, mut second)) =
            (unbounded_channel(), unbounded_channel());
        let late = spawn_named("late", async move {
            sleep(ms(1500)).await;
            let _ = (ben.send("from Ben"), ada.send("from Ada"));
        });
        let mut either = Choice::by_priority(vec![&mut first, &mut second]);
        say!("looks: {:?}", either.try_recv());
        say!("listens: {:?}", either.recv_timeout(ms(1000)).await);
        say!("listens: {:?}", either.recv_timeout(ms(1000)).await);
        let _ = late.await;
        say!("looks: {:?}", either.try_recv());
        say!("listens: {:?}", either.recv_timeout(ms(1000)).await);
    });
}
