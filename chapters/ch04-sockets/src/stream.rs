//! A socket that is connected, and how it comes to be.
//!
//! Invariant: it is in non-blocking mode. No call on it waits; one that would have to
//! says `WouldBlock`.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::os::fd::{AsFd, AsRawFd as _};
use std::rc::Rc;

use nix::errno::Errno;
use nix::sys::socket::{self, AddressFamily, SockFlag, SockType, SockaddrStorage};

use crate::{AsyncIo, Coroutine, CoroutineState, Event, Interest, Resumed, Source};
use CoroutineState::{Complete, Yielded};

/// Bytes in both directions. Clones are the same socket; one may read while another
/// writes.
#[derive(Debug)]
pub struct Stream<S = TcpStream> {
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
    pub fn new(name: &str, socket: S) -> Self {
        let socket = Rc::new(socket);
        Stream { source: Source::new(name, socket.clone()), socket }
    }

    /// The socket itself.
    #[must_use]
    pub fn socket(&self) -> &S {
        &self.socket
    }

    /// Receives what is there, `amount` bytes at most, as soon as something is. Nothing:
    /// the other side has finished.
    #[must_use]
    pub fn recv(&self, amount: usize) -> AsyncIo<Vec<u8>> {
        let socket = self.socket.clone();
        AsyncIo::new(&self.source, Interest::READABLE, move || {
            let mut buffer = vec![0; amount];
            let count = (&*socket).read(&mut buffer)?;
            buffer.truncate(count);
            Ok(buffer)
        })
    }

    /// Sends as many of `bytes` as there is room for, as soon as there is some: how many
    /// that were.
    #[must_use]
    pub fn send(&self, bytes: Vec<u8>) -> AsyncIo<usize> {
        let socket = self.socket.clone();
        AsyncIo::new(&self.source, Interest::WRITABLE, move || (&*socket).write(&bytes))
    }

    /// Sends all of `bytes`.
    #[must_use]
    pub fn send_all(&self, bytes: Vec<u8>) -> SendAll<S> {
        SendAll { stream: self.clone(), send: None, bytes }
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
        Stream { source: self.source.clone(), socket: self.socket.clone() }
    }
}

/// The coroutine that [`Stream::send_all`] makes.
#[derive(Debug)]
pub struct SendAll<S> {
    /// Where to.
    stream: Stream<S>,
    /// The send under way.
    send: Option<AsyncIo<usize>>,
    /// What is still to be sent, the send under way included.
    bytes: Vec<u8>,
}

impl<S: AsFd + 'static> Coroutine for SendAll<S>
where
    for<'a> &'a S: Read + Write,
{
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        while !self.bytes.is_empty() {
            let (stream, bytes) = (&self.stream, &self.bytes);
            let send = self.send.get_or_insert_with(|| stream.send(bytes.clone()));
            match send.resume()? {
                Yielded(event) => return Ok(Yielded(event)),
                Complete(count) => drop(self.bytes.drain(..count)),
            }
            self.send = None;
        }
        Ok(Complete(()))
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
