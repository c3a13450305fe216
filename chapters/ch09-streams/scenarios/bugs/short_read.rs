//! Each read is taken for an order. That is so as long as they come one at a time.

use std::io;
use std::time::Duration;

use ch06_tasks::{sleep, spawn_named};
use ch09_streams::{BufReader, DuplexStream, duplex, write_all};
use trace::{Setting, say};

use crate::runtime;

/// Sends three orders: one by itself, two together, of which the second is cut.
pub(crate) async fn guest(mut stream: DuplexStream) -> io::Result<()> {
    for piece in ["soup\n", "salad\nchee", "se\n"] {
        write_all(&mut stream, piece.as_bytes()).await?;
        sleep(Duration::from_secs(1)).await;
    }
    Ok(())
}

async fn kitchen(stream: DuplexStream) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut buffer = [0; 64];
    loop {
        let count = reader.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        let order = String::from_utf8_lossy(&buffer[..count]);
        say!("cooks {:?}", order.trim_end());
    }
}

pub(crate) fn run(setting: &Setting) {
    let result: io::Result<()> = runtime(setting).block_on(async {
        let (ours, theirs) = duplex(64);
        drop(spawn_named("guest", guest(theirs)));
        kitchen(ours).await
    });
    result.expect("memory doesn't fail");
}
