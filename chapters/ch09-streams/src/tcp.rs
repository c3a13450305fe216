//! A connection as two halves, each polled by itself: the futures-io traits on top of
//! chapter 6's sources.
//!
//! The pattern is chapter 4's: try; if it would block, wait; try again. What is new is
//! that the wait is kept between polls, so that a poll can end in the middle.
//!
//! Invariant: a half waits for its own direction only, and for one thing at a time.

use std::fmt;
use std::io::{self, ErrorKind, IoSlice, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use ch06_tasks::Interest;
use futures_io::{AsyncRead, AsyncWrite};

use crate::TryWrite;

/// The socket that both halves share. It is closed when both are gone.
type Socket = Rc<ch06_tasks::TcpStream>;

/// Where connections come in.
pub struct TcpListener(ch06_tasks::TcpListener);

/// A connection.
pub struct TcpStream {
    read: OwnedReadHalf,
    write: OwnedWriteHalf,
}

/// The half that reads.
pub struct OwnedReadHalf(Half);

/// The half that writes. Dropped, it tells the peer that nothing more will come, while
/// the other half reads on.
pub struct OwnedWriteHalf(Half);

struct Half {
    socket: Socket,
    interest: Interest,
    /// A wait that is going on, if one is. It stays when the read is dropped that began
    /// it, and the next one goes on with it.
    wait: Option<Wait>,
}

type Wait = Pin<Box<dyn Future<Output = io::Result<()>>>>;

impl Half {
    fn new(socket: &Socket, interest: Interest) -> Self {
        Half { socket: socket.clone(), interest, wait: None }
    }

    /// Does `operation`, unless it would block: then again when the socket is ready.
    fn poll<R>(
        &mut self,
        cx: &mut Context<'_>,
        mut operation: impl FnMut(&ch06_tasks::TcpStream) -> io::Result<R>,
    ) -> Poll<io::Result<R>> {
        loop {
            if let Some(wait) = &mut self.wait {
                let waited = ready!(wait.as_mut().poll(cx));
                self.wait = None;
                waited?;
            }
            match operation(&self.socket) {
                Err(e) if e.kind() == ErrorKind::WouldBlock => {
                    self.wait = Some(self.ready());
                }
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                result => return Poll::Ready(result),
            }
        }
    }

    fn ready(&self) -> Wait {
        let (socket, interest) = (self.socket.clone(), self.interest);
        Box::pin(async move { socket.ready(interest).await })
    }
}

impl TcpListener {
    /// Listens at `address`; port 0 asks for any that is free.
    ///
    /// # Errors
    /// The address is in use, or not ours.
    pub fn bind(address: SocketAddr) -> io::Result<Self> {
        ch06_tasks::TcpListener::bind(address).map(TcpListener)
    }

    /// The next connection, and who it is with. It rests while no descriptor is left.
    ///
    /// # Errors
    /// That connection failed; the next may not.
    pub async fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        let (socket, peer) = self.0.accept().await?;
        Ok((TcpStream::new(socket), peer))
    }

    /// Where it listens.
    ///
    /// # Errors
    /// The operating system doesn't say.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.get_ref().local_addr()
    }
}

impl TcpStream {
    fn new(socket: ch06_tasks::TcpStream) -> Self {
        let socket = Rc::new(socket);
        let read = OwnedReadHalf(Half::new(&socket, Interest::READABLE));
        let write = OwnedWriteHalf(Half::new(&socket, Interest::WRITABLE));
        TcpStream { read, write }
    }

    /// Connects to `address`.
    ///
    /// # Errors
    /// Nobody listens there, or it can't be reached.
    pub async fn connect(address: SocketAddr) -> io::Result<Self> {
        ch06_tasks::TcpStream::connect(address).await.map(TcpStream::new)
    }

    /// Its two halves, for two tasks.
    #[must_use]
    pub fn into_split(self) -> (OwnedReadHalf, OwnedWriteHalf) {
        (self.read, self.write)
    }

    /// Sends what is written at once, and doesn't wait for more to send with it.
    ///
    /// # Errors
    /// The connection is broken.
    pub fn set_nodelay(&self, nodelay: bool) -> io::Result<()> {
        self.read.0.socket.get_ref().set_nodelay(nodelay)
    }
}

impl AsyncRead for OwnedReadHalf {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        self.0.poll(cx, |socket| socket.get_ref().read(buffer))
    }
}

impl AsyncWrite for OwnedWriteHalf {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.0.poll(cx, |socket| socket.get_ref().write(bytes))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.0.poll(cx, |socket| socket.get_ref().write_vectored(pieces))
    }

    /// Nothing is kept back here.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    /// Tells the peer that nothing more will come.
    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.0.socket.get_ref().shutdown(Shutdown::Write))
    }
}

impl TryWrite for OwnedWriteHalf {
    fn try_write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.socket.get_ref().write(bytes)
    }
}

impl Drop for OwnedWriteHalf {
    fn drop(&mut self) {
        // Without the other half the socket is closed now, which says more: a peer that
        // is not read to its end gets a reset.
        if Rc::strong_count(&self.0.socket) > 1 {
            // Fails if the peer is gone: then nobody needs to be told.
            let _ = self.0.socket.get_ref().shutdown(Shutdown::Write);
        }
    }
}

impl AsyncRead for TcpStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.read).poll_read(cx, buffer)
    }
}

impl AsyncWrite for TcpStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.write).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.write).poll_write_vectored(cx, pieces)
    }

    fn poll_flush(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.write).poll_flush(cx)
    }

    fn poll_close(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.write).poll_close(cx)
    }
}

impl fmt::Debug for TcpStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TcpStream").field(self.read.0.socket.get_ref()).finish()
    }
}
