//! A line may have 16 bytes. One peer is honest, the other sends for ever.

use std::io;

use ch06_tasks::spawn_named;
use ch09_streams::{BufReader, DuplexStream, duplex, write_all};
use trace::{Setting, say};

use crate::runtime;

async fn endless(mut stream: DuplexStream) -> io::Result<()> {
    write_all(&mut stream, b"a short line\n").await?;
    for n in 1.. {
        write_all(&mut stream, b"and ").await.inspect_err(|error| {
            say!("can't send word {n}: {}", error.kind());
        })?;
    }
    Ok(())
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let (ours, theirs) = duplex(8);
        let peer = spawn_named("peer", endless(theirs));
        let mut reader = BufReader::with_limit(16, ours);
        loop {
            match reader.next_line().await {
                Ok(Some(line)) => say!("has {line:?}"),
                Ok(None) => break say!("hears the end"),
                Err(error) => {
                    let kept = reader.buffer().len();
                    break say!("{error}; it holds {kept}, and hangs up");
                }
            }
        }
        drop(reader);
        let _ = peer.await;
    });
}
