//! Messages that begin with their length, in a byte. The wire brings them in threes.

use ch06_tasks::spawn_named;
use ch09_streams::{BufReader, DuplexStream, ReadError, duplex, write_all};
use trace::{Setting, say};

use crate::runtime;

/// A message. None: the stream ended between two.
async fn message(
    reader: &mut BufReader<DuplexStream>,
) -> Result<Option<String>, ReadError> {
    let length = match reader.read_exact(1).await {
        Err(ReadError::Incomplete(_)) => return Ok(None),
        length => usize::from(length?[0]),
    };
    let text = reader.read_exact(length).await?;
    Ok(Some(String::from_utf8_lossy(&text).into_owned()))
}

pub(crate) fn run(setting: &Setting) {
    let result: Result<(), ReadError> = runtime(setting).block_on(async {
        let (ours, mut theirs) = duplex(3);
        let writer = spawn_named("writer", async move {
            write_all(&mut theirs, b"\x05hello\x00\x03you").await
        });
        let mut reader = BufReader::new(ours);
        while let Some(text) = message(&mut reader).await? {
            say!("has {text:?}");
        }
        writer.await.expect("it ends")?;
        Ok(())
    });
    result.expect("memory doesn't fail");
}
