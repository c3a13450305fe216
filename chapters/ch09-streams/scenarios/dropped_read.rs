//! A read is cancelled when half of its line has come. Then another read begins.

use ch06_tasks::{catch_cancel, sleep, spawn_named};
use ch09_streams::{BufReader, DuplexStream, duplex, write_all};
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn reader(stream: DuplexStream) {
    let mut reader = BufReader::new(stream);
    if catch_cancel(reader.read_line()).await.is_err() {
        say!("gave up; the buffer holds {:?}", String::from_utf8_lossy(reader.buffer()));
    }
    sleep(seconds(1)).await;
    let line = reader.read_line().await.expect("memory doesn't fail");
    say!("has {line:?}");
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let (ours, mut theirs) = duplex(64);
        let reader = spawn_named("reader", reader(ours));
        let _ = write_all(&mut theirs, b"hello ").await;
        sleep(seconds(1)).await;
        reader.cancel();
        let _ = write_all(&mut theirs, b"world\n").await;
        let _ = reader.await;
    });
}
