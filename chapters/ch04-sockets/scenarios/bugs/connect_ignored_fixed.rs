//! A socket that is connecting becomes writable when it is decided. What was decided
//! has to be asked for.

use std::io::{self, ErrorKind, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::AsRawFd as _;
use std::rc::Rc;

use ch04_sockets::{
    AsyncIo, Coroutine, CoroutineState, Event, EventLoop, Interest, Resumed, Source, Task,
};
use nix::errno::Errno;
use nix::sys::socket::{AddressFamily, SockFlag, SockType, SockaddrStorage, socket};
use trace::{Setting, say};

use crate::poller;
use CoroutineState::{Complete, Yielded};

/// The first attempt begins; the next comes when the socket is writable.
fn connect(address: SocketAddr) -> io::Result<AsyncIo<Rc<TcpStream>>> {
    let socket = socket(AddressFamily::Inet, SockType::Stream, SockFlag::empty(), None)?;
    let socket = Rc::new(TcpStream::from(socket));
    socket.set_nonblocking(true)?;
    let (source, mut started) = (Source::new("client", socket.clone()), false);
    Ok(AsyncIo::new(&source, Interest::WRITABLE, move || {
        if !std::mem::replace(&mut started, true) {
            start(&socket, address)?;
        }
        outcome(&socket)?;
        Ok(socket.clone())
    }))
}

fn start(socket: &TcpStream, address: SocketAddr) -> io::Result<()> {
    match nix::sys::socket::connect(socket.as_raw_fd(), &SockaddrStorage::from(address)) {
        Err(Errno::EINPROGRESS) => Err(ErrorKind::WouldBlock.into()),
        result => Ok(result?),
    }
}

/// How it was decided stands in the socket, until it is asked.
fn outcome(socket: &TcpStream) -> io::Result<()> {
    socket.take_error()?.map_or(Ok(()), Err)
}

/// Connects, and sends a word.
struct Client(AsyncIo<Rc<TcpStream>>);

impl Coroutine for Client {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        let socket = match self.0.resume()? {
            Yielded(event) => return Ok(Yielded(event)),
            Complete(socket) => socket,
        };
        say!("is connected");
        match (&*socket).write(b"hello") {
            Ok(_) => say!("has sent hello"),
            Err(_) => say!("can't send"),
        }
        Ok(Complete(()))
    }
}

pub(crate) fn run(setting: &Setting) {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it is bound");
    drop(taken);
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let connect = connect(address).expect("descriptors to spare");
    event_loop.spawn(Task::new("client", Client(connect)));
    let _ = event_loop.run();
}
