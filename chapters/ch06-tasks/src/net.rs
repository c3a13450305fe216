//! Sources: descriptors that tasks wait for, in the one way there is. Try first; wait
//! when told that it would block; try again. TCP's four operations are made of that.
//!
//! Invariant: a source leaves the reactor before its descriptor is closed.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::SocketAddr;
use std::os::fd::AsRawFd;
use std::rc::Rc;
use std::time::Duration;

pub use mio::Interest;
use mio::net;
use trace::On;

use crate::reactor::{Entry, Reactor, Watch};
use crate::{EventLoop, Promise, sleep, yield_now};

/// Something with a descriptor, and the reactor that watches it: its waits end when that
/// reactor's loop runs.
pub struct Source<S: AsRawFd> {
    entry: Rc<Entry>,
    reactor: Rc<Reactor>,
    /// Closed when the source has left the reactor.
    io: S,
}

/// A connection.
pub type TcpStream = Source<net::TcpStream>;

/// Where connections come in.
pub type TcpListener = Source<net::TcpListener>;

/// How long `accept` rests when no descriptor is left.
const REST: Duration = Duration::from_millis(100);

impl<S: AsRawFd> Source<S> {
    /// Takes `io`, set to non-blocking, into the loop that runs here. In traces it gets
    /// `name` and a number.
    pub fn new(name: &str, io: S) -> Self {
        let reactor = EventLoop::current().reactor.clone();
        Source { entry: reactor.add(name, io.as_raw_fd()), reactor, io }
    }

    /// What it was made of.
    pub fn get_ref(&self) -> &S {
        &self.io
    }

    /// Does `operation`; if that would block, waits for `interest`, and does it again.
    ///
    /// # Errors
    /// Any other that `operation` meets; or as [`ready`](Self::ready).
    pub async fn async_io<R>(
        &self,
        interest: Interest,
        mut operation: impl FnMut(&S) -> io::Result<R>,
    ) -> io::Result<R> {
        loop {
            match operation(&self.io) {
                Err(e) if e.kind() == ErrorKind::WouldBlock => {
                    self.ready(interest).await?;
                }
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                result => return result,
            }
        }
    }

    /// Waits until the source is readable, or else writable. A regular file always is:
    /// to wait for one is to give way once.
    ///
    /// # Errors
    /// It can't be watched: it was closed behind our back, or is in another source.
    pub async fn ready(&self, interest: Interest) -> io::Result<()> {
        let on = if interest.is_readable() { On::Readable } else { On::Writable };
        let on = on(self.entry.name.as_ref().to_owned());
        let promise = Promise::on(on, &EventLoop::current());
        let ready = promise.clone();
        let watch = self.call_when_ready(interest, move || _ = ready.set(()));
        // So epoll answers for what never blocks, such as a regular file.
        if watch.as_ref().is_err_and(|e| e.kind() == ErrorKind::PermissionDenied) {
            yield_now().await;
            return Ok(());
        }
        let _watch = watch?;
        let _ = promise.await;
        Ok(())
    }

    /// Has `callback` called once, when the source is readable, or else writable.
    ///
    /// # Errors
    /// As [`ready`](Self::ready); and a regular file can't be watched.
    pub fn call_when_ready(
        &self,
        interest: Interest,
        callback: impl FnOnce() + 'static,
    ) -> io::Result<Watch> {
        self.reactor.watch(&self.entry, interest, Box::new(callback))
    }
}

impl<S: AsRawFd> Drop for Source<S> {
    fn drop(&mut self) {
        self.reactor.remove(&self.entry);
    }
}

impl TcpListener {
    /// Listens at `address`; port 0 asks for any that is free.
    ///
    /// # Errors
    /// The address is in use, or not ours.
    pub fn bind(address: SocketAddr) -> io::Result<Self> {
        Ok(Source::new("listener", net::TcpListener::bind(address)?))
    }

    /// The next connection, and who it is with. When the process has no descriptor left
    /// (`EMFILE`, `ENFILE`) it rests before it asks again: the answer would be the same.
    ///
    /// # Errors
    /// That connection failed; the next may not.
    pub async fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        loop {
            match self.async_io(Interest::READABLE, net::TcpListener::accept).await {
                Err(e) if matches!(e.raw_os_error(), Some(23 | 24)) => sleep(REST).await,
                Err(e) => return Err(e),
                Ok((stream, peer)) => return Ok((Source::new("accepted", stream), peer)),
            }
        }
    }
}

impl TcpStream {
    /// Connects to `address`. That goes on in the background: when it is over the socket
    /// is writable, and knows whether it failed.
    ///
    /// # Errors
    /// Nobody listens there, or it can't be reached.
    pub async fn connect(address: SocketAddr) -> io::Result<Self> {
        let source = Source::new("client", net::TcpStream::connect(address)?);
        source.ready(Interest::WRITABLE).await?;
        source.io.take_error()?.map_or(Ok(source), Err)
    }

    /// Reads what is there, at least one byte. 0: the peer has finished.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        self.async_io(Interest::READABLE, |mut stream| stream.read(buffer)).await
    }

    /// Writes as much as there is room for, at least one byte.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        self.async_io(Interest::WRITABLE, |mut stream| stream.write(bytes)).await
    }

    /// Writes all of `bytes`.
    ///
    /// # Errors
    /// The connection broke, perhaps in the middle.
    pub async fn write_all(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            bytes = &bytes[self.write(bytes).await?..];
        }
        Ok(())
    }
}
