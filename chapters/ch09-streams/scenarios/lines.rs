//! Iteration over lines that take their time. Between two of them other tasks run.

use std::io;

use ch06_tasks::{sleep, spawn_named};
use ch09_streams::{BufReader, DuplexStream, duplex, write_all};
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn sensor(mut stream: DuplexStream) -> io::Result<()> {
    for degrees in [19, 21, 24] {
        sleep(seconds(2)).await;
        write_all(&mut stream, format!("{degrees} degrees\n").as_bytes()).await?;
    }
    Ok(())
}

async fn other() {
    for n in 1..=3 {
        sleep(seconds(3)).await;
        say!("something else, {n}");
    }
}

pub(crate) fn run(setting: &Setting) {
    let result: io::Result<()> = runtime(setting).block_on(async {
        let (ours, theirs) = duplex(64);
        drop(spawn_named("sensor", sensor(theirs)));
        let other = spawn_named("other", other());
        let mut reader = BufReader::new(ours);
        while let Some(line) = reader.next_line().await? {
            say!("{line}");
        }
        say!("that was all");
        other.await.expect("it ends");
        Ok(())
    });
    result.expect("memory doesn't fail");
}
