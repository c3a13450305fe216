//! Two halves of one connection in two tasks: one waits for input while the other sends.

use std::io;

use ch06_tasks::{sleep, spawn_named};
use ch09_streams::{BufReader, OwnedReadHalf, OwnedWriteHalf, TcpStream, write_all};
use trace::{Setting, say};

use crate::{listen, runtime, seconds};

async fn reads(half: OwnedReadHalf) -> io::Result<()> {
    let mut reader = BufReader::new(half);
    while let Some(line) = reader.next_line().await? {
        say!("hears {line}");
    }
    say!("hears the end");
    Ok(())
}

async fn writes(mut half: OwnedWriteHalf, text: &str) -> io::Result<()> {
    for n in 1..=2 {
        say!("sends {text} {n}");
        write_all(&mut half, format!("{text} {n}\n").as_bytes()).await?;
        sleep(seconds(n)).await;
    }
    Ok(())
}

pub(crate) fn run(setting: &Setting) {
    let result: io::Result<()> = runtime(setting).block_on(async {
        let (listener, address) = listen()?;
        let here = TcpStream::connect(address).await?;
        let (there, _) = listener.accept().await?;
        let mut tasks = Vec::new();
        for (name, stream, text) in [("ada", here, "tick"), ("ben", there, "tock")] {
            let (read, write) = stream.into_split();
            tasks.push(spawn_named(&format!("{name}-reads"), reads(read)));
            tasks.push(spawn_named(&format!("{name}-writes"), writes(write, text)));
        }
        for task in tasks {
            task.await.expect("it ends")?;
        }
        Ok(())
    });
    result.expect("the loopback works");
}
