//! One worker and one client, for what can happen between two sockets.

use std::net::TcpListener;

use ch04_sockets::{EventLoop, Listener, Task};
use trace::{Setting, say};

use crate::peer::{Act, Peer};
use crate::poller;
use crate::worker::Worker;

fn run(setting: &Setting, acts: &[Act]) {
    let listener = Listener::bind("listener", "127.0.0.1:0").expect("a free port");
    let address = listener.address().expect("it is bound");
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    event_loop.spawn(Task::new("worker", Worker::new(&listener, "connection", 1)));
    let client = Peer::new("client", address, &setting.clock, acts);
    event_loop.spawn(Task::new("client", client));
    for (name, result) in ["worker", "client"].iter().zip(event_loop.run()) {
        match result {
            Ok(()) => say!("{name} ended well"),
            Err(_) => say!("{name} failed"),
        }
    }
}

/// The client has finished sending and can still hear.
pub(crate) fn half_close(setting: &Setting) {
    run(setting, &[Act::Say("one"), Act::Finish, Act::Hear, Act::Hear]);
}

/// The client goes away while an answer is on its way to it.
pub(crate) fn reset(setting: &Setting) {
    run(setting, &[Act::Say("one"), Act::Wait(10), Act::Reset]);
}

/// Nobody listens at the port.
pub(crate) fn connect_refused(setting: &Setting) {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it is bound");
    drop(taken);
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let client = Peer::new("client", address, &setting.clock, &[Act::Say("hello")]);
    event_loop.spawn(Task::new("client", client));
    let results = event_loop.run();
    say!("refused: {}", results[0].as_ref().is_err_and(is_refused));
}

fn is_refused(error: &ch04_sockets::Error) -> bool {
    let error = error.downcast_ref::<std::io::Error>();
    error.is_some_and(|error| error.kind() == std::io::ErrorKind::ConnectionRefused)
}
