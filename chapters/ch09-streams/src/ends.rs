//! How a read ends that didn't get what it asked for.
//!
//! Invariant: no error swallows bytes. They are in the error, or still in the reader.

use std::{error, fmt, io};

/// Why a [`BufReader`](crate::BufReader) has no answer.
#[derive(Debug)]
pub enum ReadError {
    /// The stream ended first. This is what had come.
    Incomplete(Vec<u8>),
    /// There is no end within so many bytes. They are still in the reader, so who asks
    /// again gets the same answer.
    TooLong(usize),
    /// The stream failed.
    Io(io::Error),
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        ReadError::Io(error)
    }
}

/// For programs to which all failures are one.
impl From<ReadError> for io::Error {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Incomplete(_) => {
                io::Error::new(io::ErrorKind::UnexpectedEof, error)
            }
            ReadError::TooLong(_) => io::Error::new(io::ErrorKind::InvalidData, error),
            ReadError::Io(error) => error,
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Incomplete(bytes) => {
                write!(f, "the stream ended after {} bytes", bytes.len())
            }
            ReadError::TooLong(limit) => write!(f, "no end within {limit} bytes"),
            ReadError::Io(error) => error.fmt(f),
        }
    }
}

impl error::Error for ReadError {}
