//! Ways to read that are often published, and what is wrong with each.

use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read as _};

use CoroutineState::{Complete, Yielded};
use ch03_select::{AsyncRead, Coroutine, CoroutineState, Event, Resumed, Source};

/// Reads one byte per resumption, and takes the end of file for "not yet".
#[derive(Debug)]
pub(crate) struct ByteByByte {
    /// Where to read.
    source: Source,
    /// How many bytes to return.
    amount: usize,
    /// What has come so far.
    buffer: Vec<u8>,
    /// Whether the loop has been asked.
    asked: bool,
    /// How often more it may find nothing. The original has no such bound.
    patience: u32,
}

impl ByteByByte {
    /// Reads `amount` bytes from `source`; fails after finding nothing `patience` times.
    pub(crate) fn new(source: &Source, amount: usize, patience: u32) -> Self {
        let source = source.clone();
        ByteByByte { source, amount, buffer: Vec::new(), asked: false, patience }
    }

    fn read_one(&mut self) -> io::Result<()> {
        let mut byte = [0];
        match self.source.read(&mut byte)? {
            0 => self.patience -= 1,
            _ => self.buffer.push(byte[0]),
        }
        match self.patience {
            0 => Err(io::Error::other("it would ask again for ever")),
            _ => Ok(()),
        }
    }
}

impl Coroutine for ByteByByte {
    type Yield = Event;
    type Return = Vec<u8>;

    fn resume(&mut self) -> Resumed<Self> {
        if std::mem::replace(&mut self.asked, true) {
            self.read_one()?;
        }
        if self.buffer.len() == self.amount {
            return Ok(Complete(std::mem::take(&mut self.buffer)));
        }
        Ok(Yielded(AsyncRead::new(&self.source)?.into()))
    }
}

/// Reads through a buffer that the system knows nothing of.
#[derive(Debug)]
pub(crate) struct Buffered {
    /// What `select` watches.
    source: Source,
    /// The same descriptor; what it has read ahead, `select` can't see.
    reader: BufReader<File>,
    /// How many bytes to return.
    amount: usize,
    /// What has come so far.
    buffer: Vec<u8>,
    /// Whether the loop has been asked.
    asked: bool,
}

impl Buffered {
    /// Reads `amount` bytes from `source`, which is also open as `file`.
    pub(crate) fn new(source: &Source, file: File, amount: usize) -> Self {
        let (source, reader) = (source.clone(), BufReader::new(file));
        Buffered { source, reader, amount, buffer: Vec::new(), asked: false }
    }
}

impl Coroutine for Buffered {
    type Yield = Event;
    type Return = Vec<u8>;

    fn resume(&mut self) -> Resumed<Self> {
        if std::mem::replace(&mut self.asked, true) {
            let mut byte = [0];
            let count = self.reader.read(&mut byte)?;
            self.buffer.extend_from_slice(&byte[..count]);
        }
        if self.buffer.len() == self.amount {
            return Ok(Complete(std::mem::take(&mut self.buffer)));
        }
        Ok(Yielded(AsyncRead::new(&self.source)?.into()))
    }
}

/// Receives from a socket that doesn't block: whatever comes, for as long as it comes.
#[derive(Debug)]
pub(crate) struct Recv {
    /// A socket in non-blocking mode.
    source: Source,
    /// How many bytes to return, at least.
    amount: usize,
    /// What has come so far.
    buffer: Vec<u8>,
    /// How often more it may find nothing. The original has no such bound.
    patience: u32,
}

impl Recv {
    /// Receives `amount` bytes or more; fails after finding nothing `patience` times.
    pub(crate) fn new(source: &Source, amount: usize, patience: u32) -> Self {
        Recv { source: source.clone(), amount, buffer: Vec::new(), patience }
    }
}

impl Coroutine for Recv {
    type Yield = Event;
    type Return = Vec<u8>;

    fn resume(&mut self) -> Resumed<Self> {
        while self.buffer.len() < self.amount {
            let mut some = [0; 1024];
            match self.source.read(&mut some) {
                Ok(0) if self.patience == 0 => {
                    return Err("it would go on for ever".into());
                }
                Ok(0) => self.patience -= 1,
                Ok(count) => self.buffer.extend_from_slice(&some[..count]),
                Err(e) if e.kind() == ErrorKind::WouldBlock => {
                    return Ok(Yielded(AsyncRead::new(&self.source)?.into()));
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Complete(std::mem::take(&mut self.buffer)))
    }
}
