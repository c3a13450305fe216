//! The door opens and closes again, with no await in between.

use std::rc::Rc;

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::Event;
use trace::{Setting, say};

use crate::{all, ms, runtime};

async fn visitor(door: Rc<Event>) {
    door.wait().await;
    let state = if door.is_set() { "open" } else { "closed" };
    say!("goes in; the door is {state}");
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let door = Rc::new(Event::new());
        let early = ["Ada", "Ben"].map(|name| spawn_named(name, visitor(door.clone())));
        sleep(ms(1000)).await;
        door.set();
        door.clear();
        say!("has opened the door, and closed it");
        let late = spawn_named("Cyd", visitor(door.clone()));
        all(early).await;
        sleep(ms(1000)).await;
        door.set();
        all([late]).await;
    });
}
