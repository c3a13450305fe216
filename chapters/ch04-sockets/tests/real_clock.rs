//! The one test of this chapter that takes real time: raw clients in another process
//! talk with a worker on the real clock.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::process::Command;

use ch04_sockets::{Epoll, EventLoop, Listener, Stream, Task};
use trace::{Clock, Observer};

/// Set for a test that is to be the client, in a process of its own.
const ADDRESS: &str = "UNROLLED_TEST_ADDRESS";

/// The client, when it is called so; otherwise nothing.
#[test]
fn client() {
    let Ok(address) = std::env::var(ADDRESS) else { return };
    let mut stream = TcpStream::connect(address).expect("somebody listens");
    stream.write_all(b"hello").expect("sent");
    stream.shutdown(Shutdown::Write).expect("finished");
    let mut heard = String::new();
    stream.read_to_string(&mut heard).expect("heard to the end");
    assert_eq!(heard, "HELLO");
}

#[test]
fn real_clock_a_client_of_another_process_is_served() {
    let listener = Listener::bind("listener", "127.0.0.1:0").expect("a free port");
    let address = listener.address().expect("bound").to_string();
    let mut client = Command::new(std::env::current_exe().expect("a test knows itself"));
    let mut client = client
        .args(["--exact", "client"])
        .env(ADDRESS, address)
        .spawn()
        .expect("the client starts");
    let stream: Stream = once(|event_loop| {
        event_loop.spawn(Task::new("server", listener.accept("accepted")));
    });
    let heard: Vec<u8> =
        once(|event_loop| event_loop.spawn(Task::new("reader", stream.recv(5))));
    once(|event_loop| {
        let answer = stream.send_all(heard.to_ascii_uppercase());
        event_loop.spawn(Task::new("writer", answer));
    });
    stream.finish().expect("it is connected");
    assert!(client.wait().expect("the client ends").success());
}

/// Runs one task on the real clock.
fn once<R>(spawn: impl FnOnce(&mut EventLoop<R>)) -> R {
    let poller = Box::new(Epoll::new().expect("descriptors to spare"));
    let mut event_loop = EventLoop::new(&Clock::real_time(), &Observer::none(), poller);
    spawn(&mut event_loop);
    event_loop.run().remove(0).expect("it ends well")
}
