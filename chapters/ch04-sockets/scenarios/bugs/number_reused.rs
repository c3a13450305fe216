//! A task keeps the number of its connection, and not the connection. That is closed, and
//! the next one gets the number.

use std::cell::RefCell;
use std::io::Write as _;
use std::os::fd::{AsRawFd as _, RawFd};
use std::os::unix::net::UnixStream;
use std::rc::Rc;

use ch04_sockets::{EventLoop, Task};
use nix::sys::socket::{MsgFlags, recv};
use trace::{Setting, say};

use super::later::later;
use crate::poller;

/// One end of a new connection, and the other.
fn connection() -> (UnixStream, UnixStream) {
    let (ours, theirs) = UnixStream::pair().expect("descriptors to spare");
    ours.set_nonblocking(true).expect("a socket can be set so");
    (ours, theirs)
}

fn receive(number: RawFd) {
    let mut buffer = [0; 64];
    match recv(number, &mut buffer, MsgFlags::empty()) {
        Ok(0) => say!("hears the end"),
        Ok(count) => say!("hears: {}", String::from_utf8_lossy(&buffer[..count])),
        Err(_) => say!("hears nothing"),
    }
}

pub(crate) fn run(setting: &Setting) {
    let (of_ada, _ada) = connection();
    let number = of_ada.as_raw_fd();
    let of_ben = Rc::new(RefCell::new(None));
    let place = of_ben.clone();
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let server = later(10, move || {
        say!("closes ada's connection");
        drop(of_ada);
        let (ours, mut ben) = connection();
        ben.write_all(b"ben's secret").expect("room for a few bytes");
        say!("takes ben's connection");
        *place.borrow_mut() = Some((ours, ben));
    });
    event_loop.spawn(Task::new("server", server));
    event_loop.spawn(Task::new("ada", later(20, move || receive(number))));
    let ben = later(30, move || {
        let (ours, _ben) = of_ben.take().expect("the server came first");
        receive(ours.as_raw_fd());
    });
    event_loop.spawn(Task::new("ben", ben));
    let _ = event_loop.run();
}
