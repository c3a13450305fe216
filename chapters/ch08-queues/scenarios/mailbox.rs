//! A letter goes to a desk, and from there to a clerk, who takes a second over it. Who sent
//! it wants to know when it was dealt with.

use ch06_tasks::{sleep, spawn_named};
use ch08_queues::{Address, Mailbox};
use trace::{Setting, say};

use crate::{ms, runtime};

async fn desk(mut letters: Mailbox<&'static str>, clerk: Address<String>) {
    while let Some(letter) = letters.recv().await {
        say!("passes {} on", *letter);
        let stamped = letter.map(|text| format!("{text}, stamped"));
        clerk.pass(stamped).await.expect("the clerk is there");
    }
}

async fn clerk(mut letters: Mailbox<String>) {
    while let Some(letter) = letters.recv().await {
        sleep(ms(1000)).await;
        if letter.starts_with("a complaint") {
            say!("drops {}", *letter);
            continue;
        }
        say!("has dealt with {}", letter.ack());
    }
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let ((town_hall, letters), (office, stack)) = (Mailbox::new(4), Mailbox::new(4));
        drop(spawn_named("desk", desk(letters, office)));
        drop(spawn_named("clerk", clerk(stack)));
        say!("tells: {:?}", town_hall.tell("a greeting").await);
        say!("asks: {:?}", town_hall.ask("a form").await);
        say!("asks: {:?}", town_hall.ask("a complaint").await);
    });
}
