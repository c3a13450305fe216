//! A socket that is connected, and how it comes to be.
//!
//! Invariant: it is in non-blocking mode. No call on it waits; one that would have to
//! says `WouldBlock`.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::os::fd::{AsRawFd as _, OwnedFd};
use std::rc::Rc;

use nix::errno::Errno;
use nix::sys::socket::{
    self, AddressFamily, Shutdown, SockFlag, SockType, SockaddrStorage, sockopt,
};

use crate::{AsyncIo, Interest, Source};

/// Bytes in both directions. Clones are the same descriptor; one may read while another
/// writes.
#[derive(Clone, Debug)]
pub struct Stream {
    /// As pollers see it.
    source: Source,
    /// The socket itself. A `File` can hold a descriptor of any kind: a pipe, too.
    file: Rc<File>,
}

impl Stream {
    /// Gives a name to a descriptor that is in non-blocking mode already.
    pub fn new(name: &str, descriptor: impl Into<OwnedFd>) -> Self {
        let file = Rc::new(File::from(descriptor.into()));
        Stream { source: Source::new(name, file.clone()), file }
    }

    /// Receives what is there, `amount` bytes at most, as soon as something is. Nothing:
    /// the other side has finished.
    #[must_use]
    pub fn recv(&self, amount: usize) -> AsyncIo<Vec<u8>> {
        let file = self.file.clone();
        AsyncIo::new(&self.source, Interest::READABLE, move || {
            let mut buffer = vec![0; amount];
            let count = (&*file).read(&mut buffer)?;
            buffer.truncate(count);
            Ok(buffer)
        })
    }

    /// Sends all of `bytes`. An attempt that runs out of room has sent some of them, and
    /// the next one goes on behind those.
    #[must_use]
    pub fn send_all(&self, bytes: Vec<u8>) -> AsyncIo<()> {
        let (file, mut sent) = (self.file.clone(), 0);
        AsyncIo::new(&self.source, Interest::WRITABLE, move || {
            while sent < bytes.len() {
                sent += (&*file).write(&bytes[sent..])?;
            }
            Ok(())
        })
    }

    /// Says that no more will be sent. The other side reads to the end; this one can
    /// still receive.
    ///
    /// # Errors
    /// The connection is gone already.
    pub fn finish(&self) -> io::Result<()> {
        Ok(socket::shutdown(self.file.as_raw_fd(), Shutdown::Write)?)
    }
}

/// Connects to `address`. The new socket is called `name`.
///
/// # Errors
/// No socket can be made. A connection that is refused is an error of the coroutine.
pub fn connect(name: &str, address: SocketAddr) -> io::Result<AsyncIo<Stream>> {
    let stream = Stream::new(name, unconnected(address)?);
    let (source, mut started) = (stream.source.clone(), false);
    Ok(AsyncIo::new(&source, Interest::WRITABLE, move || {
        match std::mem::replace(&mut started, true) {
            false => start(&stream, address)?,
            true => outcome(&stream)?,
        }
        Ok(stream.clone())
    }))
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
    match socket::connect(stream.file.as_raw_fd(), &address) {
        Err(Errno::EINPROGRESS) => Err(ErrorKind::WouldBlock.into()),
        result => Ok(result?),
    }
}

/// Every later one: writable means that it is decided. How, stands in the socket.
fn outcome(stream: &Stream) -> io::Result<()> {
    let error = socket::getsockopt(&stream.file, sockopt::SocketError)?;
    match socket::getpeername::<SockaddrStorage>(stream.file.as_raw_fd()) {
        _ if error != 0 => Err(io::Error::from_raw_os_error(error)),
        Err(Errno::ENOTCONN) => Err(ErrorKind::WouldBlock.into()),
        result => Ok(result.map(drop)?),
    }
}
