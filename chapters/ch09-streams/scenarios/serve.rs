//! A server that greets. Each connection is a task, so a slow guest holds up nobody.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use ch06_tasks::{sleep, spawn_named};
use ch09_streams::{BufReader, TcpStream, serve, write_all};
use trace::{Setting, say};

use crate::{listen, runtime, seconds};

/// Answers a line with a line, and hangs up.
pub(crate) async fn greet(stream: TcpStream) -> io::Result<()> {
    let (read, mut write) = stream.into_split();
    let name = BufReader::new(read).next_line().await?.unwrap_or_default();
    say!("hears {name}");
    write_all(&mut write, format!("hello, {name}\n").as_bytes()).await
}

/// Connects, says its name after a while, and reads the answer.
pub(crate) async fn guest(
    address: SocketAddr,
    name: &str,
    after: Duration,
) -> io::Result<()> {
    let (read, mut write) = TcpStream::connect(address).await?.into_split();
    say!("is connected");
    sleep(after).await;
    write_all(&mut write, format!("{name}\n").as_bytes()).await?;
    match BufReader::new(read).next_line().await? {
        Some(line) => say!("hears {line:?}"),
        None => say!("hears nothing: the end"),
    }
    Ok(())
}

pub(crate) fn run(setting: &Setting) {
    let result: io::Result<()> = runtime(setting).block_on(async {
        let (listener, address) = listen()?;
        let server = serve(listener, |stream, _| async {
            if let Err(error) = greet(stream).await {
                say!("{}", error.kind());
            }
        });
        let mut guests = Vec::new();
        for (name, after) in [("ada", 3), ("ben", 1), ("cyd", 2)] {
            guests.push(spawn_named(name, guest(address, name, seconds(after))));
        }
        sleep(Duration::from_millis(1500)).await;
        say!("{} connections are open", server.connections());
        for guest in guests {
            guest.await.expect("it ends")?;
        }
        let end = server.shutdown(seconds(1)).await;
        say!("stopped: {} were open", end.finished + end.cancelled);
        Ok(())
    });
    result.expect("the loopback works");
}
