//! A socket that connections arrive at.
//!
//! Invariant: as every socket here, it never makes the loop wait.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::rc::Rc;

use crate::stream::attempt;
use crate::{Handle, Interest, Source, Stream};

/// Accepts connections. Several tasks may wait for the next one: they are served in the
/// order in which they asked.
#[derive(Clone, Debug)]
pub struct Listener {
    /// Whose reactor waits for it.
    handle: Handle,
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
    pub fn bind(handle: &Handle, name: &str, address: &str) -> io::Result<Self> {
        let socket = Rc::new(TcpListener::bind(address)?);
        socket.set_nonblocking(true)?;
        let source = Source::new(name, socket.clone());
        Ok(Listener { handle: handle.clone(), source, socket })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// What the system reports.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// Accepts the next connection, and calls it `name`.
    ///
    /// # Errors
    /// What the system reports; that it has no descriptor left, among it.
    pub async fn accept(&self, name: &str) -> io::Result<Stream> {
        let accept = || self.socket.accept();
        let (socket, _) =
            attempt(&self.handle, &self.source, Interest::READABLE, accept).await?;
        socket.set_nonblocking(true)?;
        Ok(Stream::new(&self.handle, name, socket))
    }
}
