//! A head of lines, an empty line, and a body. One function reads the head, and makes a
//! reader for it; another the body.

use std::io;

use ch06_tasks::spawn_named;
use ch09_streams::{BufReader, DuplexStream, duplex, write_all};
use trace::{Setting, say};

use crate::runtime;

/// Sends a letter, of which the body has 10 bytes.
pub(crate) async fn sender(mut stream: DuplexStream) -> io::Result<()> {
    write_all(&mut stream, b"to: ada\nlength: 10\n\nhow are yo").await
}

async fn head(stream: DuplexStream) -> io::Result<DuplexStream> {
    let mut reader = BufReader::new(stream);
    while let Some(line) = reader.next_line().await?.filter(|line| !line.is_empty()) {
        say!("head: {line}");
    }
    let (stream, _) = reader.into_parts();
    Ok(stream)
}

async fn body(stream: DuplexStream) {
    match BufReader::new(stream).read_exact(10).await {
        Ok(bytes) => say!("body: {}", String::from_utf8_lossy(&bytes)),
        Err(error) => say!("body: {error}"),
    }
}

pub(crate) fn run(setting: &Setting) {
    let result: io::Result<()> = runtime(setting).block_on(async {
        let (ours, theirs) = duplex(64);
        drop(spawn_named("sender", sender(theirs)));
        let stream = head(ours).await?;
        body(stream).await;
        Ok(())
    });
    result.expect("memory doesn't fail");
}
