//! Stage 4's stories over sockets. The machines of many variants are functions of a few
//! lines now, and their traces are the same.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use ch05_futures::{Error, EventLoop, Handle, Listener, Stream, Task, connect};
use trace::{Setting, say};

use crate::poller;

type Outcome = Result<(), Error>;

/// Accepts a connection, sends back what it receives until the other side has finished,
/// and accepts the next.
async fn worker(listener: Listener, socket: &'static str, connections: u32) -> Outcome {
    for _ in 0..connections {
        let stream = listener.accept(socket).await?;
        say!("accepts");
        loop {
            let bytes = stream.recv(1_024).await?;
            if bytes.is_empty() {
                break;
            }
            stream.send_all(&bytes).await?;
        }
        say!("is done with it");
    }
    Ok(())
}

async fn hear(stream: &Stream) -> Outcome {
    match stream.recv(1_024).await?.as_slice() {
        [] => say!("hears the end"),
        bytes => say!("hears {}", String::from_utf8_lossy(bytes)),
    }
    Ok(())
}

/// Receives to the end, and says how much that was.
pub(crate) async fn hear_all(stream: &Stream) -> Outcome {
    let mut heard = 0;
    loop {
        match stream.recv(65_536).await?.len() {
            0 => break,
            count => heard += count,
        }
    }
    say!("heard {heard} bytes, and the end");
    Ok(())
}

pub(crate) async fn call(
    handle: &Handle,
    name: &str,
    to: SocketAddr,
) -> Result<Stream, Error> {
    let stream = connect(handle, name, to).await?;
    say!("is connected");
    Ok(stream)
}

async fn client(
    handle: Handle,
    name: &'static str,
    to: SocketAddr,
    text: &'static str,
) -> Outcome {
    let stream = call(&handle, name, to).await?;
    say!("sends {text}");
    stream.send_all(text.as_bytes()).await?;
    hear(&stream).await?;
    stream.finish()?;
    hear(&stream).await
}

/// A loop, a listener of it, and where that listens.
pub(crate) fn serving(setting: &Setting) -> (EventLoop<()>, Listener, SocketAddr) {
    let event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let handle = event_loop.handle();
    let listener =
        Listener::bind(&handle, "listener", "127.0.0.1:0").expect("a free port");
    let address = listener.address().expect("it is bound");
    (event_loop, listener, address)
}

pub(crate) fn echo(setting: &Setting) {
    let (mut event_loop, listener, address) = serving(setting);
    let workers = [("worker-1", "socket-1", 2), ("worker-2", "socket-2", 1)];
    for (name, socket, connections) in workers {
        event_loop.spawn(Task::new(name, worker(listener.clone(), socket, connections)));
    }
    for (name, text) in [("ada", "hello"), ("ben", "good day"), ("cyd", "hi")] {
        let client = client(event_loop.handle(), name, address, text);
        event_loop.spawn(Task::new(name, client));
    }
    drop(listener);
    let results = event_loop.run();
    say!("{} ended well", results.iter().filter(|result| result.is_ok()).count());
}

fn run_one(
    (mut event_loop, listener, _): (EventLoop<()>, Listener, SocketAddr),
    client: impl Future<Output = Outcome> + 'static,
) {
    event_loop.spawn(Task::new("worker", worker(listener, "connection", 1)));
    event_loop.spawn(Task::new("client", client));
    for (name, result) in ["worker", "client"].iter().zip(event_loop.run()) {
        match result {
            Ok(()) => say!("{name} ended well"),
            Err(_) => say!("{name} failed"),
        }
    }
}

pub(crate) fn half_close(setting: &Setting) {
    let serving = serving(setting);
    let (handle, address) = (serving.0.handle(), serving.2);
    run_one(serving, async move {
        let stream = call(&handle, "client", address).await?;
        say!("sends one");
        stream.send_all(b"one").await?;
        stream.finish()?;
        hear(&stream).await?;
        hear(&stream).await
    });
}

pub(crate) fn reset(setting: &Setting) {
    let serving = serving(setting);
    let (handle, address) = (serving.0.handle(), serving.2);
    run_one(serving, async move {
        let stream = call(&handle, "client", address).await?;
        say!("sends one");
        stream.send_all(b"one").await?;
        handle.sleep(Duration::from_millis(10)).await;
        drop(stream);
        Ok(())
    });
}

pub(crate) fn connect_refused(setting: &Setting) {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it is bound");
    drop(taken);
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let client = client(event_loop.handle(), "client", address, "hello");
    event_loop.spawn(Task::new("client", client));
    let results = event_loop.run();
    say!("refused: {}", results[0].as_ref().is_err_and(is_refused));
}

fn is_refused(error: &Error) -> bool {
    let error = error.downcast_ref::<std::io::Error>();
    error.is_some_and(|error| error.kind() == std::io::ErrorKind::ConnectionRefused)
}
