//! Sockets on the loopback.

use std::io::{self, Read as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::net::UnixStream;

use ch06_tasks::{Source, TcpListener, TcpStream};

pub(crate) fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).expect("a port");
    let address = listener.get_ref().local_addr().expect("it is bound");
    (listener, address)
}

/// Two ends of a connection.
pub(crate) async fn pair() -> (TcpStream, TcpStream) {
    let (listener, address) = listen();
    let client = TcpStream::connect(address).await.expect("it listens");
    (client, listener.accept().await.expect("it connected").0)
}

pub(crate) async fn read_all(stream: &TcpStream) -> io::Result<Vec<u8>> {
    let (mut all, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        match stream.read(&mut buffer).await? {
            0 => return Ok(all),
            n => all.extend_from_slice(&buffer[..n]),
        }
    }
}

/// A pair of which one end is a source.
pub(crate) fn source() -> (Source<UnixStream>, UnixStream) {
    let (ours, theirs) = UnixStream::pair().expect("a pair");
    ours.set_nonblocking(true).expect("a socket");
    (Source::new("socket", ours), theirs)
}

pub(crate) fn read_one(mut socket: &UnixStream) -> io::Result<u8> {
    let mut buffer = [0];
    socket.read(&mut buffer).map(|_| buffer[0])
}
