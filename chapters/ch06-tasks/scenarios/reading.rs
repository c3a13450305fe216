//! The two tasks that most of these programs are made of: one reads, one writes.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::rc::Rc;
use std::time::Duration;

use ch06_tasks::{Interest, Source, sleep_until};
use mio::unix::pipe::{self, Sender};
use trace::say;

/// Reads `times` times `amount` bytes, and says what came.
pub(crate) async fn reading(
    source: Rc<Source<File>>,
    amount: usize,
    times: u32,
) -> io::Result<()> {
    for _ in 0..times {
        told(&read(&source, amount).await?);
    }
    Ok(())
}

async fn read(source: &Source<File>, amount: usize) -> io::Result<Vec<u8>> {
    let (mut bytes, mut count) = (vec![0; amount], 0);
    while count < amount {
        let rest = &mut bytes[count..];
        match source.async_io(Interest::READABLE, |mut file| file.read(rest)).await? {
            0 => break,
            more => count += more,
        }
    }
    bytes.truncate(count);
    Ok(bytes)
}

/// Says what was read; nothing means the end of file.
fn told(bytes: &[u8]) {
    match bytes {
        [] => say!("end of file"),
        bytes => say!("read {}", String::from_utf8_lossy(bytes)),
    }
}

/// Writes each text at its time, in milliseconds, and then closes what it writes to.
pub(crate) async fn writing(mut pipe: Sender, plan: &[(u64, &str)]) -> io::Result<()> {
    for (ms, text) in plan {
        sleep_until(Duration::from_millis(*ms)).await;
        say!("writes {text}");
        pipe.write_all(text.as_bytes())?;
    }
    Ok(())
}

/// A pipe: what is written to the second end can be read from the first.
pub(crate) fn pipe() -> (Rc<Source<File>>, Sender) {
    let (sender, receiver) = pipe::new().expect("this program has descriptors to spare");
    let file = File::from(OwnedFd::from(receiver));
    (Rc::new(Source::new("pipe", file)), sender)
}

/// A pipe that holds `text` and nothing more to come.
pub(crate) fn filled(text: &str) -> Rc<Source<File>> {
    let (source, mut sender) = pipe();
    sender.write_all(text.as_bytes()).expect("a pipe holds a few bytes");
    source
}
