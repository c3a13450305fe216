//! What writes: at once what the stream takes, the rest in the background; and `drain`,
//! which holds up whoever writes faster than it is sent.
//!
//! Invariant: bytes are sent in the order of the writes. While some are waiting, none goes
//! past them.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use ch06_tasks::{Promise, spawn_named};
use futures_io::AsyncWrite;

/// A stream that can be asked without waiting.
pub trait TryWrite: AsyncWrite + Unpin {
    /// Sends as much of `bytes` as there is room for now.
    ///
    /// # Errors
    /// `WouldBlock`: no room. Others: the stream failed.
    fn try_write(&mut self, bytes: &[u8]) -> io::Result<usize>;
}

/// A stream, and what was written to it and isn't sent. Dropped, it sends that and closes
/// the stream, as long as the runtime runs.
pub struct StreamWriter<W: 'static>(Rc<Outgoing<W>>);

struct Outgoing<W> {
    stream: RefCell<W>,
    /// Written and not sent.
    bytes: RefCell<VecDeque<u8>>,
    /// From more than `high` bytes on `drain` waits, until there are no more than `low`.
    low: usize,
    high: usize,
    is_above: Cell<bool>,
    /// Whether a task sends in the background.
    is_sending: Cell<bool>,
    /// Why no more can be sent.
    failure: RefCell<Option<io::Error>>,
    /// Who waits in `drain` or `finish`.
    waiting: RefCell<Option<Promise<()>>>,
}

impl<W: TryWrite + 'static> StreamWriter<W> {
    /// Writes to `stream`; `drain` waits from 64 KiB down to 16 KiB.
    pub fn new(stream: W) -> Self {
        Self::with_marks(16 * 1024, 64 * 1024, stream)
    }

    /// `drain` waits from more than `high` bytes down to `low`.
    ///
    /// # Panics
    /// If `low` is the higher one.
    pub fn with_marks(low: usize, high: usize, stream: W) -> Self {
        assert!(low <= high, "the low mark is above the high one");
        StreamWriter(Rc::new(Outgoing {
            stream: RefCell::new(stream),
            bytes: RefCell::default(),
            low,
            high,
            is_above: Cell::new(false),
            is_sending: Cell::new(false),
            failure: RefCell::new(None),
            waiting: RefCell::new(None),
        }))
    }

    /// Sends what there is room for now, and keeps the rest, to be sent in the background.
    ///
    /// # Errors
    /// The stream failed, now or before.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let out = &self.0;
        out.check()?;
        let is_first = out.bytes.borrow().is_empty();
        let sent = if is_first { out.try_write(bytes)? } else { 0 };
        out.bytes.borrow_mut().extend(&bytes[sent..]);
        out.is_above.set(out.is_above.get() || self.buffered() > out.high);
        if self.buffered() > 0 && !out.is_sending.replace(true) {
            drop(spawn_named("sender", out.clone().send()));
        }
        Ok(())
    }

    /// How much is written and not sent.
    pub fn buffered(&self) -> usize {
        self.0.bytes.borrow().len()
    }

    /// Waits if there is more than the high mark, until there is no more than the low one.
    ///
    /// # Errors
    /// The stream failed.
    pub async fn drain(&mut self) -> io::Result<()> {
        self.0.wait_while(|out| out.is_above.get()).await
    }

    /// Waits until everything is sent, and closes the stream.
    ///
    /// # Errors
    /// The stream failed: not everything was sent.
    pub async fn finish(self) -> io::Result<()> {
        self.0.wait_while(|out| out.is_sending.get()).await?;
        poll_fn(|cx| Pin::new(&mut *self.0.stream.borrow_mut()).poll_close(cx)).await
    }
}

impl<W: TryWrite> Outgoing<W> {
    /// One attempt; none if it would block.
    fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        match self.stream.borrow_mut().try_write(bytes) {
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock) => Ok(0),
            result => result,
        }
    }

    /// The task in the background: sends until nothing is left.
    async fn send(self: Rc<Self>) {
        let over = Over(&self);
        while !self.bytes.borrow().is_empty() {
            match poll_fn(|cx| self.poll_send(cx)).await {
                Ok(count) => self.sent(count),
                Err(error) => return self.fail(error),
            }
        }
        drop(over);
    }

    fn poll_send(&self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let bytes = self.bytes.borrow();
        let (first, _) = bytes.as_slices();
        Pin::new(&mut *self.stream.borrow_mut()).poll_write(cx, first)
    }

    fn sent(&self, count: usize) {
        self.bytes.borrow_mut().drain(..count);
        if self.bytes.borrow().len() <= self.low && self.is_above.replace(false) {
            self.tell();
        }
    }

    fn fail(&self, error: io::Error) {
        self.bytes.take();
        self.failure.replace(Some(error));
    }

    /// The failure, for each who asks.
    fn check(&self) -> io::Result<()> {
        let copy = |error: &io::Error| io::Error::new(error.kind(), error.to_string());
        self.failure.borrow().as_ref().map(copy).map_or(Ok(()), Err)
    }

    async fn wait_while(&self, goes_on: impl Fn(&Self) -> bool) -> io::Result<()> {
        while goes_on(self) {
            // One for each wait: a cancel of who waits cancels it.
            let sent = Promise::new("sent");
            self.waiting.replace(Some(sent.clone()));
            let _ = sent.await;
        }
        self.check()
    }

    fn tell(&self) {
        let waiting = self.waiting.take();
        waiting.map(|sent| sent.set(()));
    }
}

/// The end of the task in the background, in whatever way: nobody waits for it any more.
struct Over<'a, W: TryWrite>(&'a Outgoing<W>);

impl<W: TryWrite> Drop for Over<'_, W> {
    fn drop(&mut self) {
        let out = self.0;
        if !out.bytes.borrow().is_empty() {
            out.fail(io::Error::other("nobody sends any more"));
        }
        out.is_sending.set(false);
        out.is_above.set(false);
        out.tell();
    }
}

/// Writes all of `bytes`, and waits until the stream has taken them.
///
/// # Errors
/// The stream failed, perhaps in the middle.
pub async fn write_all<W: AsyncWrite + Unpin>(
    stream: &mut W,
    mut bytes: &[u8],
) -> io::Result<()> {
    while !bytes.is_empty() {
        let write = poll_fn(|cx| Pin::new(&mut *stream).poll_write(cx, bytes));
        match write.await? {
            0 => return Err(ErrorKind::WriteZero.into()),
            count => bytes = &bytes[count..],
        }
    }
    Ok(())
}
