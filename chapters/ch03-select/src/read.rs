//! The event that asks to be told when a source can be read, and a coroutine that uses
//! it.
//!
//! Invariant: nothing here waits. `read(2)` is called only after the loop has said that
//! it won't.

use std::io;
use std::os::fd::AsRawFd;

use nix::sys::select::FD_SETSIZE;

use crate::{Coroutine, CoroutineState, Event, Resumed, Source};
use CoroutineState::{Complete, Yielded};

/// "Resume me when this source can be read without waiting."
#[derive(Clone, Debug)]
pub struct AsyncRead {
    /// What to watch.
    source: Source,
}

impl AsyncRead {
    /// Asks for `source`.
    ///
    /// # Errors
    /// `select` can't watch descriptors from 1024 on: they have no bit in its sets.
    pub fn new(source: &Source) -> io::Result<Self> {
        let number = source.as_raw_fd();
        match usize::try_from(number).is_ok_and(|number| number < FD_SETSIZE) {
            true => Ok(AsyncRead { source: source.clone() }),
            false => Err(io::Error::other(format!(
                "{}: descriptor {number} is too large for select, whose limit is {FD_SETSIZE}",
                source.name()
            ))),
        }
    }

    /// What to watch.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }
}

/// How many bytes one call of `read(2)` is given room for.
const LARGEST: usize = 64 * 1024;

/// The coroutine that [`read`] makes.
#[derive(Debug)]
pub struct Read {
    /// Where to read.
    source: Source,
    /// How many bytes to return.
    amount: usize,
    /// What has come so far.
    buffer: Vec<u8>,
    /// Whether the loop has been asked, so that a resumption means "it can be read".
    asked: bool,
}

/// Reads `amount` bytes from `source`, or fewer if it ends before.
#[must_use]
pub fn read(source: &Source, amount: usize) -> Read {
    Read { source: source.clone(), amount, buffer: Vec::new(), asked: false }
}

impl Coroutine for Read {
    type Yield = Event;
    type Return = Vec<u8>;

    fn resume(&mut self) -> Resumed<Self> {
        let at_end = self.asked && self.read_once()? == 0;
        if at_end || self.buffer.len() == self.amount {
            return Ok(Complete(std::mem::take(&mut self.buffer)));
        }
        self.asked = true;
        Ok(Yielded(AsyncRead::new(&self.source)?.into()))
    }
}

impl Read {
    /// One call of `read(2)`, for no more than is missing: what comes after belongs to
    /// somebody else.
    fn read_once(&mut self) -> io::Result<usize> {
        let missing = self.amount - self.buffer.len();
        let mut bytes = vec![0; missing.min(LARGEST)];
        let count = self.source.read(&mut bytes)?;
        self.buffer.extend_from_slice(&bytes[..count]);
        Ok(count)
    }
}
