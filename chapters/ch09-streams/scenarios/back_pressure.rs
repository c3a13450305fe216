//! A stream that holds 4 bytes, a writer that drains from more than 8 down to 2, and a
//! reader that takes 4 bytes a second.

use std::io;

use ch06_tasks::{sleep, spawn_named};
use ch09_streams::{BufReader, DuplexStream, StreamWriter, duplex};
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn slow(stream: DuplexStream) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut buffer = [0; 4];
    loop {
        sleep(seconds(1)).await;
        match reader.read(&mut buffer).await? {
            0 => break,
            count => say!("reads {:?}", String::from_utf8_lossy(&buffer[..count])),
        }
    }
    say!("hears the end");
    Ok(())
}

async fn fast(stream: DuplexStream) -> io::Result<()> {
    let mut writer = StreamWriter::with_marks(2, 8, stream);
    for word in ["red...", "green.", "blue..", "black."] {
        writer.write(word.as_bytes())?;
        say!("wrote {word:?}, {} wait", writer.buffered());
        writer.drain().await?;
        say!("goes on, {} wait", writer.buffered());
    }
    writer.finish().await?;
    say!("all is sent");
    Ok(())
}

pub(crate) fn run(setting: &Setting) {
    let result: io::Result<()> = runtime(setting).block_on(async {
        let (ours, theirs) = duplex(4);
        let fast = spawn_named("fast", fast(ours));
        let slow = spawn_named("slow", slow(theirs));
        fast.await.expect("it ends")?;
        slow.await.expect("it ends")
    });
    result.expect("memory doesn't fail");
}
