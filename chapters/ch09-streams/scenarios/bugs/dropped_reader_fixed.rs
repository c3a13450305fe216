//! One reader for the head and for the body: it is lent, not made anew.

use std::io;

use ch06_tasks::spawn_named;
use ch09_streams::{BufReader, DuplexStream, duplex};
use trace::{Setting, say};

use super::dropped_reader::sender;
use crate::runtime;

async fn head(reader: &mut BufReader<DuplexStream>) -> io::Result<()> {
    while let Some(line) = reader.next_line().await?.filter(|line| !line.is_empty()) {
        say!("head: {line}");
    }
    Ok(())
}

async fn body(reader: &mut BufReader<DuplexStream>) {
    match reader.read_exact(10).await {
        Ok(bytes) => say!("body: {}", String::from_utf8_lossy(&bytes)),
        Err(error) => say!("body: {error}"),
    }
}

pub(crate) fn run(setting: &Setting) {
    let result: io::Result<()> = runtime(setting).block_on(async {
        let (ours, theirs) = duplex(64);
        drop(spawn_named("sender", sender(theirs)));
        let mut reader = BufReader::new(ours);
        head(&mut reader).await?;
        body(&mut reader).await;
        Ok(())
    });
    result.expect("memory doesn't fail");
}
