//! A connection inside one program: two ends, and between them no more bytes than were
//! asked for. How much a socket holds is the system's affair; this is exact.
//!
//! Invariant: who waits is woken by the other end, never by a descriptor.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read as _};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use ch06_tasks::waits_for;
use futures_io::{AsyncRead, AsyncWrite};

use crate::TryWrite;

/// One end. Dropped, it says that nothing more will come, and that nobody reads.
pub struct DuplexStream {
    /// What comes.
    incoming: Rc<Pipe>,
    /// What goes.
    outgoing: Rc<Pipe>,
}

/// One direction.
struct Pipe {
    /// How many bytes it holds at most.
    capacity: usize,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    /// Written and not read.
    bytes: VecDeque<u8>,
    /// Nothing more will be written.
    is_finished: bool,
    /// Nobody will read.
    is_unread: bool,
    /// Who waits for bytes, or for room.
    waiting: Option<Waker>,
}

/// Two ends of a connection that holds `capacity` bytes in each direction.
///
/// # Panics
/// If that is none: nothing would ever get through.
pub fn duplex(capacity: usize) -> (DuplexStream, DuplexStream) {
    assert!(capacity > 0, "a stream holds at least one byte");
    let pipe = || Rc::new(Pipe { capacity, state: RefCell::default() });
    let (there, back) = (pipe(), pipe());
    let one = DuplexStream { incoming: back.clone(), outgoing: there.clone() };
    (one, DuplexStream { incoming: there, outgoing: back })
}

impl Pipe {
    /// Changes the state, and then wakes who waited for a change.
    fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let result = change(&mut self.state.borrow_mut());
        let waiting = self.state.borrow_mut().waiting.take();
        waiting.into_iter().for_each(Waker::wake);
        result
    }

    fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let is_over = self.state.borrow().is_finished || buffer.is_empty();
        match self.state.borrow().bytes.is_empty() {
            true if is_over => return Ok(0),
            true => return Err(ErrorKind::WouldBlock.into()),
            false => {}
        }
        self.change(|state| state.bytes.read(buffer))
    }

    fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        let is_closed = self.state.borrow().is_unread || self.state.borrow().is_finished;
        let room = self.capacity - self.state.borrow().bytes.len();
        match room.min(bytes.len()) {
            _ if is_closed => Err(ErrorKind::BrokenPipe.into()),
            0 if bytes.is_empty() => Ok(0),
            0 => Err(ErrorKind::WouldBlock.into()),
            n => self.change(|state| {
                state.bytes.extend(&bytes[..n]);
                Ok(n)
            }),
        }
    }

    /// What `result` is, or a wait until the other end does something.
    fn poll<R>(
        &self,
        cx: &mut Context<'_>,
        result: io::Result<R>,
        what: &str,
    ) -> Poll<io::Result<R>> {
        match result {
            Err(e) if e.kind() == ErrorKind::WouldBlock => {
                self.state.borrow_mut().waiting = Some(cx.waker().clone());
                waits_for(what);
                Poll::Pending
            }
            result => Poll::Ready(result),
        }
    }
}

impl AsyncRead for DuplexStream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        let result = self.incoming.read(buffer);
        self.incoming.poll(cx, result, "bytes")
    }
}

impl TryWrite for DuplexStream {
    fn try_write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.outgoing.write(bytes)
    }
}

impl AsyncWrite for DuplexStream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let result = self.outgoing.write(bytes);
        self.outgoing.poll(cx, result, "room")
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.outgoing.change(|state| state.is_finished = true);
        Poll::Ready(Ok(()))
    }
}

impl Drop for DuplexStream {
    fn drop(&mut self) {
        self.outgoing.change(|state| state.is_finished = true);
        self.incoming.change(|state| state.is_unread = true);
    }
}
