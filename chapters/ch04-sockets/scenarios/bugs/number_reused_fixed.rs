//! A task keeps its connection. The server ends it and lets go of it; the descriptor stays
//! open for as long as somebody has it.

use std::cell::RefCell;
use std::io::{Read as _, Write as _};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::rc::Rc;

use ch04_sockets::{EventLoop, Task};
use trace::{Setting, say};

use super::later::later;
use crate::poller;

/// One end of a new connection, and the other.
fn connection() -> (UnixStream, UnixStream) {
    let (ours, theirs) = UnixStream::pair().expect("descriptors to spare");
    ours.set_nonblocking(true).expect("a socket can be set so");
    (ours, theirs)
}

fn receive(mut socket: &UnixStream) {
    let mut buffer = [0; 64];
    match socket.read(&mut buffer) {
        Ok(0) => say!("hears the end"),
        Ok(count) => say!("hears: {}", String::from_utf8_lossy(&buffer[..count])),
        Err(_) => say!("hears nothing"),
    }
}

pub(crate) fn run(setting: &Setting) {
    let (of_ada, _ada) = connection();
    let of_ada = Rc::new(of_ada);
    let same = of_ada.clone();
    let of_ben = Rc::new(RefCell::new(None));
    let place = of_ben.clone();
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let server = later(10, move || {
        say!("closes ada's connection");
        of_ada.shutdown(Shutdown::Both).expect("it is connected");
        drop(of_ada);
        let (ours, mut ben) = connection();
        ben.write_all(b"ben's secret").expect("room for a few bytes");
        say!("takes ben's connection");
        *place.borrow_mut() = Some((ours, ben));
    });
    event_loop.spawn(Task::new("server", server));
    event_loop.spawn(Task::new("ada", later(20, move || receive(&same))));
    let ben = later(30, move || {
        let (ours, _ben) = of_ben.take().expect("the server came first");
        receive(&ours);
    });
    event_loop.spawn(Task::new("ben", ben));
    let _ = event_loop.run();
}
