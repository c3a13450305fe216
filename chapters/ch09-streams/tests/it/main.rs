//! What streams promise, by behaviour. Sockets are real, on the loopback; time is virtual.

mod reads;
mod writes;
mod halves;
mod servers;
mod scopes;
mod http;
mod oracle;
mod twins;

use std::cell::RefCell;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use ch06_tasks::{Builder, Runtime, yield_now};
use ch09_streams::{TcpListener, TcpStream};
use futures_io::AsyncRead;
use trace::{Clock, Observer, What};

fn runtime() -> Runtime {
    observed().0
}

fn observed() -> (Runtime, Observer) {
    let clock = Clock::virtual_time();
    let observer = Observer::recording(clock.clone());
    let builder = Builder::new().clock(&clock).observer(&observer);
    let runtime = builder.exception_handler(|_| ()).build();
    (runtime.expect("a descriptor is left"), observer)
}

/// Descriptors and timers of the loop's last wait.
fn last_wait(observer: &Observer) -> Option<(usize, usize)> {
    let waits = observer.events().into_iter().filter_map(|event| match event.what {
        What::Waiting { descriptors, timers, .. } => Some((descriptors, timers)),
        _ => None,
    });
    waits.collect::<Vec<_>>().pop()
}

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).expect("a port");
    let address = listener.local_addr().expect("it is bound");
    (listener, address)
}

/// Two ends of a connection.
async fn pair() -> (TcpStream, TcpStream) {
    let (listener, address) = listen();
    let here = TcpStream::connect(address).await.expect("it listens");
    (here, listener.accept().await.expect("it connected").0)
}

/// Until all that is ready now has run, and what that made ready.
async fn settle() {
    for _ in 0..20 {
        yield_now().await;
    }
}

/// A stream that gives its bytes one at a time, and waits before each; then ends, or fails.
struct Drops {
    bytes: Vec<u8>,
    given: usize,
    waited: bool,
    failure: Option<io::ErrorKind>,
}

fn drops(bytes: &[u8], failure: Option<io::ErrorKind>) -> Drops {
    Drops { bytes: bytes.to_vec(), given: 0, waited: false, failure }
}

impl AsyncRead for Drops {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        self.waited = !self.waited;
        if self.waited {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        match (self.bytes.get(self.given), self.failure) {
            (Some(byte), _) => buffer[0] = *byte,
            (None, Some(failure)) => return Poll::Ready(Err(failure.into())),
            (None, None) => return Poll::Ready(Ok(0)),
        }
        self.given += 1;
        Poll::Ready(Ok(1))
    }
}

/// Lines, in the order in which they were said.
#[derive(Clone, Default)]
struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    fn say(&self, line: &str) {
        self.0.borrow_mut().push(line.to_owned());
    }

    fn lines(&self) -> Vec<String> {
        self.0.borrow().clone()
    }
}
