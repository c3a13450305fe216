//! A reader takes one message of three bytes each time that it is told to. Two come at
//! once. The poller tells of them once.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::rc::Rc;

use ch04_sockets::{
    Coroutine, CoroutineState, Event, EventLoop, Interest, Resumed, Source, Task,
};
use trace::{Setting, say};

use super::{edge::Edge, later::later};
use CoroutineState::{Complete, Yielded};

/// Ends after two messages.
struct Reader {
    socket: Rc<UnixStream>,
    asked: bool,
    left: u32,
}

impl Reader {
    /// Takes a message, if there is one.
    fn message(&mut self) -> io::Result<bool> {
        let mut message = [0; 3];
        match (&*self.socket).read_exact(&mut message) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(false),
            result => result?,
        }
        say!("reads {}", String::from_utf8_lossy(&message));
        self.left -= 1;
        Ok(self.left > 0)
    }
}

impl Coroutine for Reader {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        if std::mem::replace(&mut self.asked, true) {
            self.message()?;
        }
        if self.left == 0 {
            return Ok(Complete(()));
        }
        let source = Source::new("socket", self.socket.clone());
        Ok(Yielded(Event::Ready(source, Interest::READABLE)))
    }
}

pub(crate) fn run(setting: &Setting) {
    let (ours, theirs) = UnixStream::pair().expect("descriptors to spare");
    ours.set_nonblocking(true).expect("a socket can be set so");
    let (ours, theirs) = (Rc::new(ours), Rc::new(theirs));
    let poller = Box::new(Edge::default());
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller);
    let reader = Reader { socket: ours.clone(), asked: false, left: 2 };
    event_loop.spawn(Task::new("reader", reader));
    for (ms, text) in [(10, "onetwo"), (100, "six")] {
        let theirs = theirs.clone();
        let write = move || {
            say!("sends {text}");
            (&*theirs).write_all(text.as_bytes()).expect("room for a few bytes");
        };
        event_loop.spawn(Task::new(format!("at-{ms}"), later(ms, write)));
    }
    let _ = event_loop.run();
}
