//! Two customers wait until there are enough loaves: one for the first, two for the
//! second. The baker brings them one by one, and says so each time.

use std::rc::Rc;

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::{Condition, Mutex};
use trace::{Setting, say};

use crate::{all, ms, runtime};

struct Shop {
    loaves: Mutex<u32>,
    /// There are more loaves than before.
    more: Condition,
}

async fn customer(shop: Rc<Shop>, wanted: u32) {
    let loaves = shop.loaves.lock().await;
    let mut loaves = shop
        .more
        .wait_while(loaves, |loaves| {
            say!("wants {wanted}, sees {loaves}");
            *loaves < wanted
        })
        .await;
    *loaves -= wanted;
    say!("takes {wanted}");
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let shop = Rc::new(Shop { loaves: Mutex::new(0), more: Condition::new() });
        let one = spawn_named("wants-one", customer(shop.clone(), 1));
        let two = spawn_named("wants-two", customer(shop.clone(), 2));
        for _ in 0..3 {
            sleep(ms(1000)).await;
            *shop.loaves.lock().await += 1;
            shop.more.notify_all();
        }
        all([one, two]).await;
    });
}
