//! A socket that is connected, and how it comes to be.
//!
//! Invariant: it is in non-blocking mode. Every operation is tried first, and awaits
//! readiness when it would have to wait.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::os::fd::{AsRawFd as _, OwnedFd};
use std::rc::Rc;

use nix::errno::Errno;
use nix::sys::socket::{
    self, AddressFamily, Shutdown, SockFlag, SockType, SockaddrStorage, sockopt,
};

use crate::{Handle, Interest, Source};

/// Bytes in both directions. Clones are the same descriptor; one may read while another
/// writes.
#[derive(Clone, Debug)]
pub struct Stream {
    /// Whose reactor waits for it.
    handle: Handle,
    /// As pollers see it.
    source: Source,
    /// The socket itself. A `File` can hold a descriptor of any kind: a pipe, too.
    file: Rc<File>,
}

impl Stream {
    /// Gives a name to a descriptor that is in non-blocking mode already.
    pub fn new(handle: &Handle, name: &str, descriptor: impl Into<OwnedFd>) -> Self {
        let file = Rc::new(File::from(descriptor.into()));
        let source = Source::new(name, file.clone());
        Stream { handle: handle.clone(), source, file }
    }

    /// Receives what is there, `amount` bytes at most, as soon as something is. Nothing:
    /// the other side has finished.
    ///
    /// # Errors
    /// What the system reports, a reset among it.
    pub async fn recv(&self, amount: usize) -> io::Result<Vec<u8>> {
        let mut buffer = vec![0; amount];
        let read = || (&*self.file).read(&mut buffer);
        let count = attempt(&self.handle, &self.source, Interest::READABLE, read).await?;
        buffer.truncate(count);
        Ok(buffer)
    }

    /// Sends all of `bytes`. An attempt that runs out of room has sent some of them, and
    /// the next one goes on behind those.
    ///
    /// # Errors
    /// What the system reports; that nobody is there to receive, among it.
    pub async fn send_all(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let write = || (&*self.file).write(bytes);
            let sent = attempt(&self.handle, &self.source, Interest::WRITABLE, write);
            bytes = &bytes[sent.await?..];
        }
        Ok(())
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
