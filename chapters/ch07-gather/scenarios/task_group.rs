//! A parent, two children, and a block that they are started in.

use ch06_tasks::{JoinError, sleep};
use ch07_gather::task_group;
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn child(takes: u64) -> Result<u64, JoinError> {
    say!("child starts");
    sleep(seconds(takes)).await;
    say!("child ends");
    Ok(takes)
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let both = task_group(async |group| {
            let (one, two) = (group.spawn(child(1)), group.spawn(child(2)));
            say!("the block ends here");
            Ok((one, two))
        });
        let (one, two) = both.await.expect("no child fails");
        say!("after the block: {:?}, {:?}", one.take(), two.take());
    });
}
