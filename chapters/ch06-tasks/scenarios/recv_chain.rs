//! What happens between `recv` and its data: it would block; the task waits; the peer
//! sends; the operating system reports the descriptor; the loop wakes the task; the task
//! is polled again, and reads.

use std::io;
use std::net::Ipv4Addr;

use ch06_tasks::{TcpListener, TcpStream, sleep, spawn_named};
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn reader(stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 6];
    say!("1. recv: nothing there, it would block");
    let n = stream.read(&mut buffer).await?;
    say!("7. resumed where it was: {:?}", String::from_utf8_lossy(&buffer[..n]));
    let n = stream.read(&mut buffer).await?;
    say!("recv again, without a wait: {:?}", String::from_utf8_lossy(&buffer[..n]));
    Ok(())
}

pub(crate) fn run(setting: &Setting) {
    let received: io::Result<()> = runtime(setting).block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into())?;
        let client = TcpStream::connect(listener.get_ref().local_addr()?).await?;
        let (stream, _) = listener.accept().await?;
        let reader = spawn_named("reader", reader(stream));
        sleep(seconds(1)).await;
        client.write_all(b"hello world!").await?;
        say!("2. the peer has sent");
        reader.await.expect("it doesn't panic")
    });
    received.expect("the loopback works");
}
