//! The server is told to stop at one second, and gives its guests three more. One of them
//! needs more than that, and somebody comes too late.

use std::io;

use ch06_tasks::{catch_cancel, resume_cancel, sleep, spawn_named};
use ch09_streams::{TcpStream, serve};
use trace::{Setting, say};

use crate::serve::{greet, guest};
use crate::{listen, runtime, seconds};

/// Greets, and says so if it is told to stop before it could.
async fn connection(stream: TcpStream) {
    match catch_cancel(greet(stream)).await {
        Ok(Ok(())) => say!("is done"),
        Ok(Err(error)) => say!("{}", error.kind()),
        Err(cancelled) => {
            say!("{cancelled}");
            resume_cancel(cancelled).await;
        }
    }
}

pub(crate) fn run(setting: &Setting) {
    let result: io::Result<()> = runtime(setting).block_on(async {
        let (listener, address) = listen()?;
        let server = serve(listener, |stream, _| connection(stream));
        let mut guests = Vec::new();
        for (name, after) in [("ada", 2), ("ben", 3), ("cyd", 9)] {
            guests.push(spawn_named(name, guest(address, name, seconds(after))));
        }
        sleep(seconds(1)).await;
        let late = spawn_named("late", async move {
            sleep(seconds(1)).await;
            let error = TcpStream::connect(address).await.err();
            error.map_or("connected".to_owned(), |error| error.kind().to_string())
        });
        say!("stops the server");
        say!("{:?}", server.shutdown(seconds(3)).await);
        say!("who came late: {}", late.await.expect("it ends"));
        for guest in guests {
            let result = guest.await.expect("it ends");
            say!("{}", result.map_or_else(|e| e.kind().to_string(), |()| "well".into()));
        }
        Ok(())
    });
    result.expect("the loopback works");
}
