//! A socket that connections arrive at.
//!
//! Invariant: as every socket here, it never makes the loop wait.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::rc::Rc;

use crate::{AsyncIo, Interest, Source, Stream};

/// Accepts connections. Several coroutines may wait for the next one: they are served in
/// the order in which they asked.
#[derive(Clone, Debug)]
pub struct Listener {
    /// As pollers see it.
    source: Source,
    /// The socket itself.
    socket: Rc<TcpListener>,
}

impl Listener {
    /// Listens at `address`; port 0: at one that is free.
    ///
    /// # Errors
    /// The address is taken, or isn't one of this machine's.
    pub fn bind(name: &str, address: &str) -> io::Result<Self> {
        let socket = Rc::new(TcpListener::bind(address)?);
        socket.set_nonblocking(true)?;
        Ok(Listener { source: Source::new(name, socket.clone()), socket })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// What the system reports.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// Accepts the next connection, and calls it `name`.
    #[must_use]
    pub fn accept(&self, name: impl Into<String>) -> AsyncIo<Stream> {
        let (socket, name) = (self.socket.clone(), name.into());
        AsyncIo::new(&self.source, Interest::READABLE, move || {
            let (accepted, _) = socket.accept()?;
            accepted.set_nonblocking(true)?;
            Ok(Stream::new(&name, accepted))
        })
    }
}
