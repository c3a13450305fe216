//! A socket that is connected, and how it comes to be.
//!
//! Invariant: it is in non-blocking mode. Every operation is tried first, and awaits
//! readiness when it would have to wait.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::os::fd::{AsFd, AsRawFd as _};
use std::rc::Rc;

use nix::errno::Errno;
use nix::sys::socket::{self, AddressFamily, SockFlag, SockType, SockaddrStorage};

use crate::{Handle, Interest, Source};

/// Bytes in both directions. Clones are the same socket; one may read while another
/// writes.
#[derive(Debug)]
pub struct Stream<S = TcpStream> {
    /// Whose reactor waits for it.
    handle: Handle,
    /// As pollers see it.
    source: Source,
    /// The socket itself.
    socket: Rc<S>,
}

impl<S: AsFd + 'static> Stream<S>
where
    for<'a> &'a S: Read + Write,
{
    /// Gives a name to a socket that is in non-blocking mode already.
    pub fn new(handle: &Handle, name: &str, socket: S) -> Self {
        let socket = Rc::new(socket);
        let source = Source::new(name, socket.clone());
        Stream { handle: handle.clone(), source, socket }
    }

    /// Receives what is there, `amount` bytes at most, as soon as something is. Nothing:
    /// the other side has finished.
    ///
    /// # Errors
    /// What the system reports, a reset among it.
    pub async fn recv(&self, amount: usize) -> io::Result<Vec<u8>> {
        let mut buffer = vec![0; amount];
        let read = || (&*self.socket).read(&mut buffer);
        let count = attempt(&self.handle, &self.source, Interest::READABLE, read).await?;
        buffer.truncate(count);
        Ok(buffer)
    }

    /// Sends as many of `bytes` as there is room for, as soon as there is some: how many
    /// that were.
    ///
    /// # Errors
    /// What the system reports; that nobody is there to receive, among it.
    pub async fn send(&self, bytes: &[u8]) -> io::Result<usize> {
        let write = || (&*self.socket).write(bytes);
        attempt(&self.handle, &self.source, Interest::WRITABLE, write).await
    }

    /// Sends all of `bytes`.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub async fn send_all(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let count = self.send(bytes).await?;
            bytes = &bytes[count..];
        }
        Ok(())
    }
}

impl Stream<TcpStream> {
    /// Says that no more will be sent. The other side reads to the end; this one can
    /// still receive.
    ///
    /// # Errors
    /// The connection is gone already.
    pub fn finish(&self) -> io::Result<()> {
        self.socket.shutdown(Shutdown::Write)
    }
}

impl<S> Clone for Stream<S> {
    fn clone(&self) -> Self {
        let Stream { handle, source, socket } = self;
        Stream { handle: handle.clone(), source: source.clone(), socket: socket.clone() }
    }
}

/// Tries `operation` until it doesn't have to wait.
pub(crate) async fn attempt<T>(
    handle: &Handle,
    source: &Source,
    interest: Interest,
    mut operation: impl FnMut() -> io::Result<T>,
) -> io::Result<T> {
    loop {
        match operation() {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                handle.ready(source, interest).await?;
            }
            result => return result,
        }
    }
}

/// Connects to `address`. The new socket is called `name`.
///
/// # Errors
/// No socket can be made, or the connection is refused.
pub async fn connect(
    handle: &Handle,
    name: &str,
    address: SocketAddr,
) -> io::Result<Stream> {
    let stream = Stream::new(handle, name, unconnected(address)?);
    let mut started = false;
    let attempt_to_connect = || match std::mem::replace(&mut started, true) {
        false => start(&stream, address),
        true => outcome(&stream),
    };
    attempt(handle, &stream.source, Interest::WRITABLE, attempt_to_connect).await?;
    Ok(stream)
}

/// A socket in non-blocking mode that isn't connected yet: `TcpStream::connect` makes
/// one too, but waits.
fn unconnected(address: SocketAddr) -> io::Result<TcpStream> {
    let family =
        if address.is_ipv4() { AddressFamily::Inet } else { AddressFamily::Inet6 };
    let socket = socket::socket(family, SockType::Stream, SockFlag::empty(), None)?;
    let socket = TcpStream::from(socket);
    socket.set_nonblocking(true)?;
    Ok(socket)
}

/// The first attempt: the system begins, and says that it has.
fn start(stream: &Stream, address: SocketAddr) -> io::Result<()> {
    let address = SockaddrStorage::from(address);
    match socket::connect(stream.socket.as_raw_fd(), &address) {
        Err(Errno::EINPROGRESS) => Err(ErrorKind::WouldBlock.into()),
        result => Ok(result?),
    }
}

/// Every later one: writable means that it is decided. How, stands in the socket.
fn outcome(stream: &Stream) -> io::Result<()> {
    if let Some(error) = stream.socket.take_error()? {
        return Err(error);
    }
    match stream.socket.peer_addr() {
        Err(error) if error.kind() == ErrorKind::NotConnected => {
            Err(ErrorKind::WouldBlock.into())
        }
        result => result.map(drop),
    }
}
