//! Three clients and a server of two workers. What a client says comes back; the third
//! waits in line until a worker is free.

use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr};
use std::rc::Rc;

use ch06_tasks::{TcpListener, TcpStream, spawn_named};
use trace::{Setting, say};

use crate::runtime;

/// Serves so many connections, one after the other.
pub(crate) async fn worker(
    listener: Rc<TcpListener>,
    connections: u32,
) -> io::Result<()> {
    for _ in 0..connections {
        let (stream, _) = listener.accept().await?;
        say!("accepts");
        echo(&stream).await?;
        say!("is done with it");
    }
    Ok(())
}

/// Sends back what it gets, until the peer has finished.
pub(crate) async fn echo(stream: &TcpStream) -> io::Result<()> {
    let mut buffer = [0; 64];
    loop {
        match stream.read(&mut buffer).await? {
            0 => return Ok(()),
            n => stream.write_all(&buffer[..n]).await?,
        }
    }
}

async fn client(address: SocketAddr, text: &str) -> io::Result<()> {
    let stream = TcpStream::connect(address).await?;
    say!("is connected");
    say!("sends {text}");
    stream.write_all(text.as_bytes()).await?;
    hear(&stream).await?;
    stream.get_ref().shutdown(Shutdown::Write)?;
    hear(&stream).await
}

pub(crate) async fn hear(stream: &TcpStream) -> io::Result<()> {
    let mut buffer = [0; 64];
    match stream.read(&mut buffer).await? {
        0 => say!("hears the end"),
        n => say!("hears {}", String::from_utf8_lossy(&buffer[..n])),
    }
    Ok(())
}

pub(crate) fn run(setting: &Setting) {
    let ended: io::Result<usize> = runtime(setting).block_on(async {
        let listener = Rc::new(TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into())?);
        let address = listener.get_ref().local_addr()?;
        let mut tasks = Vec::new();
        for (name, connections) in [("worker-1", 2), ("worker-2", 1)] {
            tasks.push(spawn_named(name, worker(listener.clone(), connections)));
        }
        for (name, text) in [("ada", "hello"), ("ben", "good day"), ("cyd", "hi")] {
            tasks.push(spawn_named(name, client(address, text)));
        }
        let mut ended = 0;
        for task in tasks {
            ended += usize::from(matches!(task.await, Ok(Ok(()))));
        }
        Ok(ended)
    });
    say!("{} ended well", ended.expect("the loopback works"));
}
