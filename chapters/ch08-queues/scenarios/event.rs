//! Two wait for the door to open. A third comes when it is open.

use std::rc::Rc;

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::Event;
use trace::{Setting, say};

use crate::{all, ms, runtime};

async fn visitor(door: Rc<Event>) {
    door.wait().await;
    say!("goes in");
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let door = Rc::new(Event::new());
        let early = ["Ada", "Ben"].map(|name| spawn_named(name, visitor(door.clone())));
        sleep(ms(1000)).await;
        door.set();
        say!("opens the door");
        all(early).await;
        all([spawn_named("Cyd", visitor(door))]).await;
    });
}
