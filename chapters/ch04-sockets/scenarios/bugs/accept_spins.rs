//! A connection waits to be accepted, and no descriptor is left for it. The listener stays
//! readable: whoever asks for that again is told at once.

use std::net::{TcpListener, TcpStream};
use std::rc::Rc;

use ch04_sockets::{
    Coroutine, CoroutineState, Event, EventLoop, Interest, Resumed, Source, Task,
};
use trace::{Setting, say};

use super::full::{Full, says_full, spare};
use super::later::later;
use crate::poller;
use CoroutineState::{Complete, Yielded};

/// Accepts one connection. It gives up after six attempts, where others go on for ever.
struct Acceptor {
    listener: Rc<TcpListener>,
    attempts: u32,
}

impl Acceptor {
    /// When another attempt may be worth it.
    fn again(&self) -> Event {
        let source = Source::new("listener", self.listener.clone());
        Event::Ready(source, Interest::READABLE)
    }
}

impl Coroutine for Acceptor {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        self.attempts += 1;
        match self.listener.accept() {
            Ok(_) => say!("accepts"),
            Err(error) if says_full(&error) && self.attempts < 6 => {
                say!("no descriptor is left");
                return Ok(Yielded(self.again()));
            }
            Err(_) => say!("it would go on for ever"),
        }
        Ok(Complete(()))
    }
}

pub(crate) fn run(setting: &Setting) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    listener.set_nonblocking(true).expect("a socket can be set so");
    let _client = TcpStream::connect(address).expect("somebody listens");
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let spare = spare();
    let give_back = move || {
        say!("gives a descriptor back");
        drop(spare);
    };
    event_loop.spawn(Task::new("other", later(25, give_back)));
    let acceptor = Acceptor { listener: Rc::new(listener), attempts: 0 };
    event_loop.spawn(Task::new("acceptor", acceptor));
    let _full = Full::new();
    let _ = event_loop.run();
}
