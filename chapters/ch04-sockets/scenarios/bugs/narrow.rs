//! A connection that takes four bytes at a time, and one who hears what arrives. How much
//! a real one takes is the system's business; that it may be less than all is not.

use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::rc::Rc;

use ch04_sockets::{AsyncIo, Coroutine, CoroutineState, Event, Resumed, Source, Stream};
use trace::say;

use CoroutineState::{Complete, Yielded};

/// A socket with room for four bytes.
pub(crate) struct Narrow(UnixStream);

impl Write for &Narrow {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&self.0).write(&bytes[..bytes.len().min(4)])
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl AsFd for Narrow {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// Hears to the end, and says what it was.
pub(crate) struct Receiver {
    stream: Stream,
    recv: Option<AsyncIo<Vec<u8>>>,
    heard: Vec<u8>,
}

impl Coroutine for Receiver {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        loop {
            let stream = &self.stream;
            match self.recv.get_or_insert_with(|| stream.recv(64)).resume()? {
                Yielded(event) => return Ok(Yielded(event)),
                Complete(bytes) if bytes.is_empty() => break,
                Complete(bytes) => self.heard.extend(bytes),
            }
        }
        say!("hears: {}", String::from_utf8_lossy(&self.heard));
        Ok(Complete(()))
    }
}

/// The two ends of a connection: a narrow one to send on, and the one who hears.
pub(crate) fn connection() -> (Source, Rc<Narrow>, Receiver) {
    let (ours, theirs) = UnixStream::pair().expect("descriptors to spare");
    for socket in [&ours, &theirs] {
        socket.set_nonblocking(true).expect("a socket can be set so");
    }
    let (narrow, stream) = (Rc::new(Narrow(ours)), Stream::new("receiver", theirs));
    let source = Source::new("sender", narrow.clone());
    (source, narrow, Receiver { stream, recv: None, heard: vec![] })
}
