//! Lines over TCP. The client's writes end where they like; the server reads lines.

use std::io;
use std::net::SocketAddr;

use ch06_tasks::{sleep, spawn_named};
use ch09_streams::{BufReader, TcpListener, TcpStream, write_all};
use trace::{Setting, say};

use crate::{listen, runtime, seconds};

async fn server(listener: TcpListener) -> io::Result<()> {
    let (stream, _) = listener.accept().await?;
    let (read, mut write) = stream.into_split();
    let mut reader = BufReader::new(read);
    while let Some(line) = reader.read_line().await? {
        say!("has the line {line:?}");
        write_all(&mut write, line.as_bytes()).await?;
    }
    say!("hears the end");
    Ok(())
}

async fn client(address: SocketAddr) -> io::Result<()> {
    let (read, mut write) = TcpStream::connect(address).await?.into_split();
    for piece in ["one\ntw", "o\nth", "ree\n"] {
        say!("sends {piece:?}");
        write_all(&mut write, piece.as_bytes()).await?;
        sleep(seconds(1)).await;
    }
    // Dropped, the half that writes says that nothing more will come.
    drop(write);
    let mut reader = BufReader::new(read);
    while let Some(line) = reader.read_line().await? {
        say!("hears {line:?}");
    }
    Ok(())
}

pub(crate) fn run(setting: &Setting) {
    let result: io::Result<()> = runtime(setting).block_on(async {
        let (listener, address) = listen()?;
        let server = spawn_named("server", server(listener));
        let client = spawn_named("client", client(address));
        client.await.expect("it ends")?;
        server.await.expect("it ends")
    });
    result.expect("the loopback works");
}
