//! An order is what stands before the end of a line, however it comes.

use std::io;

use ch06_tasks::spawn_named;
use ch09_streams::{BufReader, DuplexStream, duplex};
use trace::{Setting, say};

use super::short_read::guest;
use crate::runtime;

async fn kitchen(stream: DuplexStream) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    while let Some(order) = reader.next_line().await? {
        say!("cooks {order:?}");
    }
    Ok(())
}

pub(crate) fn run(setting: &Setting) {
    let result: io::Result<()> = runtime(setting).block_on(async {
        let (ours, theirs) = duplex(64);
        drop(spawn_named("guest", guest(theirs)));
        kitchen(ours).await
    });
    result.expect("memory doesn't fail");
}
