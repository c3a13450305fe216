//! What the other side of a connection does: bytes come in parts, room comes in parts, and
//! it may go away in the middle.

use std::io::{ErrorKind, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use ch05_futures::{
    Epoll, Error, EventLoop, Handle, Listener, Poller, Select, Stream, Task, connect,
};
use trace::{Clock, Observer};

fn pollers() -> [Box<dyn Poller>; 2] {
    [Box::new(Select::default()), Box::new(Epoll::new().expect("descriptors to spare"))]
}

fn new_loop<R>(poller: Box<dyn Poller>) -> EventLoop<R> {
    EventLoop::new(&Clock::virtual_time(), &Observer::none(), poller)
}

/// A connected pair: ours for the loop, theirs for the test.
fn pair(handle: &Handle) -> (Stream, UnixStream) {
    let (ours, theirs) = UnixStream::pair().expect("descriptors to spare");
    ours.set_nonblocking(true).expect("a socket can be set so");
    theirs.set_nonblocking(true).expect("a socket can be set so");
    (Stream::new(handle, "ours", ours), theirs)
}

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

fn kind(error: Error) -> Option<ErrorKind> {
    error.downcast::<std::io::Error>().ok().map(|error| error.kind())
}

/// Receives until so many bytes have come, or the end has.
async fn collect(stream: Stream, amount: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    while bytes.len() < amount {
        let some = stream.recv(amount - bytes.len()).await?;
        if some.is_empty() {
            break;
        }
        bytes.extend(some);
    }
    Ok(bytes)
}

#[test]
fn a_readiness_that_comes_to_nothing_is_waited_for_again() {
    for poller in pollers() {
        let mut event_loop = new_loop(poller);
        let handle = event_loop.handle();
        // Two descriptors of one socket: one byte wakes both, and the thief takes it.
        let (ours, mut theirs) = UnixStream::pair().expect("descriptors to spare");
        ours.set_nonblocking(true).expect("a socket can be set so");
        let thief = ours.try_clone().expect("descriptors to spare");
        for (name, socket) in [("thief", thief), ("robbed", ours)] {
            let stream = Stream::new(&handle, name, socket);
            event_loop.spawn(Task::new(name, collect(stream, 1)));
        }
        event_loop.spawn(Task::new("writer", async move {
            for byte in [b"a", b"b"] {
                handle.sleep(ms(1)).await;
                theirs.write_all(byte)?;
            }
            Ok(Vec::new())
        }));
        let results: Vec<_> = event_loop.run().into_iter().map(Result::unwrap).collect();
        assert_eq!(results[..2], [b"a".to_vec(), b"b".to_vec()]);
    }
}

#[test]
fn a_short_read_is_gone_on_with() {
    for poller in pollers() {
        let mut event_loop = new_loop(poller);
        let handle = event_loop.handle();
        let (ours, mut theirs) = pair(&handle);
        event_loop.spawn(Task::new("reader", collect(ours, 6)));
        event_loop.spawn(Task::new("writer", async move {
            for part in [b"on", b"et", b"wo"] {
                handle.sleep(ms(1)).await;
                theirs.write_all(part)?;
            }
            Ok(Vec::new())
        }));
        assert_eq!(event_loop.run().remove(0).expect("it reads"), b"onetwo");
    }
}

#[test]
fn a_short_write_is_gone_on_with_and_no_byte_is_lost() {
    for poller in pollers() {
        let mut event_loop = new_loop(poller);
        let handle = event_loop.handle();
        let (ours, theirs) = pair(&handle);
        let all: Vec<u8> = (0..1_u32 << 20).map(|n| (n % 251) as u8).collect();
        let theirs = Stream::new(&handle, "theirs", theirs);
        event_loop.spawn(Task::new("reader", collect(theirs, all.len())));
        let sent = all.clone();
        event_loop.spawn(Task::new("writer", async move {
            ours.send_all(&sent).await?;
            Ok(Vec::new())
        }));
        assert!(event_loop.run().remove(0).expect("it reads") == all, "not the same");
    }
}

#[test]
fn a_refused_connection_fails_the_one_who_connects_and_no_other() {
    for poller in pollers() {
        let mut event_loop = new_loop(poller);
        let handle = event_loop.handle();
        let taken = Listener::bind(&handle, "taken", "127.0.0.1:0").expect("a free port");
        let address = taken.address().expect("bound");
        drop(taken);
        let (ours, mut theirs) = pair(&handle);
        event_loop.spawn(Task::new("client", async move {
            connect(&handle, "socket", address).await?;
            Ok(Vec::new())
        }));
        event_loop.spawn(Task::new("good", collect(ours, 1)));
        theirs.write_all(b"x").expect("room");
        let mut results = event_loop.run();
        assert_eq!(results.remove(1).expect("it reads"), b"x");
        let error = results.remove(0).expect_err("nobody listens");
        assert_eq!(kind(error), Some(ErrorKind::ConnectionRefused));
    }
}

#[test]
fn a_reset_fails_the_one_who_receives_and_no_other() {
    for poller in pollers() {
        let mut event_loop = new_loop(poller);
        let handle = event_loop.handle();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("bound");
        let client = TcpStream::connect(address).expect("the queue has room");
        let (mut server, _) = listener.accept().expect("it is waiting");
        // The client closes with a byte unread: what was sent to it is lost.
        server.write_all(b"x").expect("room");
        server.set_nonblocking(true).expect("a socket can be set so");
        let server = Stream::new(&handle, "server", server);
        event_loop.spawn(Task::new("reader", collect(server, 1)));
        event_loop.spawn(Task::new("resets", async move {
            handle.sleep(ms(1)).await;
            drop(client);
            Ok(Vec::new())
        }));
        let mut results = event_loop.run();
        let error = results.remove(0).expect_err("the client is gone");
        assert_eq!(kind(error), Some(ErrorKind::ConnectionReset));
        assert!(results[0].is_ok());
    }
}

#[test]
fn a_peer_that_goes_away_while_it_is_awaited_is_the_end_and_others_go_on() {
    for poller in pollers() {
        let mut event_loop = new_loop(poller);
        let handle = event_loop.handle();
        let ((ours, theirs), (good, mut writer)) = (pair(&handle), pair(&handle));
        event_loop.spawn(Task::new("left", collect(ours, 1)));
        event_loop.spawn(Task::new("good", collect(good, 1)));
        event_loop.spawn(Task::new("leaves", async move {
            handle.sleep(ms(1)).await;
            drop(theirs);
            handle.sleep(ms(1)).await;
            writer.write_all(b"x")?;
            Ok(Vec::new())
        }));
        let results: Vec<_> = event_loop.run().into_iter().map(Result::unwrap).collect();
        assert_eq!(results[..2], [b"".to_vec(), b"x".to_vec()]);
    }
}

#[test]
fn sending_into_a_connection_that_is_gone_is_an_error_and_no_signal() {
    for poller in pollers() {
        let mut event_loop: EventLoop<()> = new_loop(poller);
        let (ours, theirs) = pair(&event_loop.handle());
        drop(theirs);
        event_loop
            .spawn(Task::new("writer", async move { Ok(ours.send_all(b"x").await?) }));
        let error = event_loop.run().remove(0).expect_err("nobody is there");
        assert_eq!(kind(error), Some(ErrorKind::BrokenPipe));
    }
}

#[test]
fn a_socket_whose_task_is_dropped_with_the_loop_is_closed() {
    for poller in pollers() {
        let mut event_loop = new_loop(poller);
        let (ours, mut theirs) = pair(&event_loop.handle());
        event_loop.spawn(Task::new("reader", collect(ours, 1)));
        drop(event_loop);
        let error = theirs.write_all(b"x").expect_err("nobody has the other end");
        assert_eq!(error.kind(), ErrorKind::BrokenPipe);
    }
}
