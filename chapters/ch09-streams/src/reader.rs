//! Pieces of one's own choice out of a stream: a line, so many bytes, whatever is there.
//!
//! Invariant: bytes leave the buffer only in the poll that hands them out. So a read that
//! is dropped while it waits has taken nothing, and the next one begins where it began.

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_io::{AsyncBufRead, AsyncRead};

use crate::ReadError;

/// How much is asked of the stream at once.
const CHUNK: usize = 8 * 1024;

/// How long a line may be if nobody says.
const LIMIT: usize = 64 * 1024;

/// A stream, and what was read from it and not handed out.
pub struct BufReader<R> {
    stream: R,
    bytes: Vec<u8>,
    /// How many of `bytes` were handed out.
    taken: usize,
    /// How long a line may be, its end included.
    limit: usize,
}

impl<R: AsyncRead + Unpin> BufReader<R> {
    /// Reads from `stream`. Lines have at most 64 KiB.
    pub fn new(stream: R) -> Self {
        Self::with_limit(LIMIT, stream)
    }

    /// Lines have at most `limit` bytes.
    pub fn with_limit(limit: usize, stream: R) -> Self {
        BufReader { stream, bytes: Vec::new(), taken: 0, limit }
    }

    /// What came and was not handed out.
    pub fn buffer(&self) -> &[u8] {
        &self.bytes[self.taken..]
    }

    /// The stream again, and what came of it that nobody has had.
    pub fn into_parts(self) -> (R, Vec<u8>) {
        let rest = self.buffer().to_vec();
        (self.stream, rest)
    }

    /// Reads what is there, at least one byte. 0: the stream has ended.
    ///
    /// # Errors
    /// The stream failed.
    pub async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        poll_fn(|cx| Pin::new(&mut *self).poll_read(cx, buffer)).await
    }

    /// Reads exactly so many bytes.
    ///
    /// # Errors
    /// The stream failed, or ended before: then it comes with what there was.
    pub async fn read_exact(&mut self, count: usize) -> Result<Vec<u8>, ReadError> {
        while self.buffer().len() < count {
            if self.fill().await? == 0 {
                return Err(ReadError::Incomplete(self.take_all()));
            }
        }
        Ok(self.take(count))
    }

    /// Reads up to the next `end`, and that too.
    ///
    /// # Errors
    /// As [`read_exact`](Self::read_exact); or there is none within the limit.
    pub async fn read_until(&mut self, end: u8) -> Result<Vec<u8>, ReadError> {
        let mut searched = 0;
        loop {
            let new = self.buffer()[searched..].iter().position(|byte| *byte == end);
            match new.map(|at| searched + at + 1) {
                Some(length) if length <= self.limit => return Ok(self.take(length)),
                None if self.buffer().len() < self.limit => {}
                _ => return Err(ReadError::TooLong(self.limit)),
            }
            searched = self.buffer().len();
            if self.fill().await? == 0 {
                return Err(ReadError::Incomplete(self.take_all()));
            }
        }
    }

    /// Reads a line, with its `\n`. The last one may have none; none: that was all.
    ///
    /// # Errors
    /// The stream failed; the line is too long; it isn't UTF-8 (its bytes are in the
    /// error).
    pub async fn read_line(&mut self) -> Result<Option<String>, ReadError> {
        let line = match self.read_until(b'\n').await {
            Err(ReadError::Incomplete(rest)) => rest,
            line => line?,
        };
        let invalid = |error| io::Error::new(ErrorKind::InvalidData, error);
        let line = String::from_utf8(line).map_err(invalid)?;
        Ok(Some(line).filter(|line| !line.is_empty()))
    }

    /// The next line, without its end. None: that was all.
    ///
    /// # Errors
    /// As [`read_line`](Self::read_line).
    pub async fn next_line(&mut self) -> Result<Option<String>, ReadError> {
        let line = self.read_line().await?;
        Ok(line.map(|line| {
            let text = line.strip_suffix('\n').unwrap_or(&line);
            text.strip_suffix('\r').unwrap_or(text).to_owned()
        }))
    }

    /// Gets more, after what there is. 0: there is no more.
    async fn fill(&mut self) -> io::Result<usize> {
        poll_fn(|cx| self.poll_more(cx)).await
    }

    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        self.bytes.drain(..self.taken);
        self.taken = 0;
        let length = self.bytes.len();
        self.bytes.resize(length + CHUNK, 0);
        let buffer = &mut self.bytes[length..];
        let more = Pin::new(&mut self.stream).poll_read(cx, buffer);
        let count = if let Poll::Ready(Ok(count)) = &more { *count } else { 0 };
        self.bytes.truncate(length + count);
        more
    }

    fn take(&mut self, count: usize) -> Vec<u8> {
        let bytes = self.buffer()[..count].to_vec();
        self.taken += count;
        bytes
    }

    fn take_all(&mut self) -> Vec<u8> {
        self.take(self.buffer().len())
    }
}

impl<R: AsyncRead + Unpin> AsyncBufRead for BufReader<R> {
    fn poll_fill_buf(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        if this.buffer().is_empty() {
            ready!(this.poll_more(cx))?;
        }
        Poll::Ready(Ok(this.buffer()))
    }

    fn consume(mut self: Pin<&mut Self>, count: usize) {
        self.taken = self.bytes.len().min(self.taken + count);
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for BufReader<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        let there = ready!(self.as_mut().poll_fill_buf(cx))?;
        let count = there.len().min(buffer.len());
        buffer[..count].copy_from_slice(&there[..count]);
        self.consume(count);
        Poll::Ready(Ok(count))
    }
}
