//! One of three children fails, another fails while it cleans up, and the parent is busy.

use ch06_tasks::{JoinError, catch_cancel, sleep};
use ch07_gather::task_group;
use trace::{Setting, say};

use crate::{Held, runtime, seconds};

async fn fails() -> Result<(), String> {
    sleep(seconds(1)).await;
    Err("out of paper".to_owned())
}

async fn fails_late() -> Result<(), String> {
    let _ = catch_cancel(sleep(seconds(60))).await;
    say!("cleans up");
    sleep(seconds(2)).await;
    Err("out of ink, too".to_owned())
}

async fn works() -> Result<(), String> {
    let _desk = Held("the desk");
    sleep(seconds(60)).await;
    Ok(())
}

/// What a child can come to, as one error.
#[derive(Debug)]
struct Failed(String);

impl From<JoinError> for Failed {
    fn from(error: JoinError) -> Self {
        Failed(error.to_string())
    }
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let office = task_group(async |group| {
            group.spawn(async { fails_late().await.map_err(Failed) });
            group.spawn(async { fails().await.map_err(Failed) });
            group.spawn(async { works().await.map_err(Failed) });
            let _lamp = Held("the lamp");
            sleep(seconds(60)).await;
            Ok(())
        });
        let errors = office.await.expect_err("two of them fail").0;
        for Failed(error) in errors {
            say!("{error}");
        }
    });
}
