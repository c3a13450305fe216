//! Back-pressure: a server has eight megabytes for a client that isn't listening yet.
//! What doesn't fit into the buffers waits with the one who sends it.
//!
//! How much fits is the system's business, so the number of attempts differs between
//! machines. What is printed doesn't.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use ch05_futures::{Error, Handle, Listener, Task};
use trace::{Setting, say};

use crate::sockets::{call, hear_all, serving};

type Outcome = Result<(), Error>;

const ALL: usize = 8 << 20;

/// Awaits `future`, and says so, the first time that it is pending.
async fn telling<F: Future>(future: F) -> F::Output {
    let (mut future, mut has_waited) = (pin!(future), false);
    std::future::poll_fn(|context| {
        let result = future.as_mut().poll(context);
        if result.is_pending() && !std::mem::replace(&mut has_waited, true) {
            say!("has to wait for room");
        }
        result
    })
    .await
}

/// Accepts one connection and sends [`ALL`] bytes.
async fn flood(listener: Listener) -> Outcome {
    let stream = listener.accept("connection").await?;
    telling(stream.send_all(&vec![b'x'; ALL])).await?;
    say!("has sent all {ALL} bytes");
    Ok(())
}

async fn late(handle: Handle, to: SocketAddr) -> Outcome {
    let stream = call(&handle, "client", to).await?;
    handle.sleep(Duration::from_millis(10)).await;
    hear_all(&stream).await
}

pub(crate) fn run(setting: &Setting) {
    let (mut event_loop, listener, address) = serving(setting);
    event_loop.spawn(Task::new("server", flood(listener)));
    let client = late(event_loop.handle(), address);
    event_loop.spawn(Task::new("client", client));
    let _ = event_loop.run();
}
