//! The peer ends in the middle: of a line, of a count, of a record that must be whole.

use std::io;

use ch09_streams::{BufReader, DuplexStream, ReadError, duplex, write_all};
use trace::{Setting, say};

use crate::runtime;

/// A reader of a stream that ends after `text`.
async fn reader(text: &str) -> io::Result<BufReader<DuplexStream>> {
    let (ours, mut theirs) = duplex(64);
    write_all(&mut theirs, text.as_bytes()).await?;
    Ok(BufReader::new(ours))
}

fn said(result: Result<Vec<u8>, ReadError>) {
    match result {
        Ok(bytes) => say!("has {:?}", String::from_utf8_lossy(&bytes)),
        Err(ReadError::Incomplete(rest)) => {
            say!("incomplete: {:?}", String::from_utf8_lossy(&rest));
        }
        Err(error) => say!("{error}"),
    }
}

pub(crate) fn run(setting: &Setting) {
    let result: Result<(), ReadError> = runtime(setting).block_on(async {
        say!("in lines");
        let mut lines = reader("first\nsec").await?;
        while let Some(line) = lines.read_line().await? {
            say!("has {line:?}");
        }
        say!("in records that end with ;");
        let mut records = reader("first;sec").await?;
        said(records.read_until(b';').await);
        said(records.read_until(b';').await);
        said(records.read_until(b';').await);
        say!("in fives");
        let mut fives = reader("firstsec").await?;
        said(fives.read_exact(5).await);
        said(fives.read_exact(5).await);
        Ok(())
    });
    result.expect("memory doesn't fail");
}
