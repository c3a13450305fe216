//! One connection: hyper until it ends, then a farewell.
//!
//! Invariant: no connection lasts without asking, none waits for ever to be read, and none
//! is closed on top of an answer that is still on its way.

use std::convert::Infallible;
use std::future;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Poll, ready};
use std::time::Duration;

use ch06_tasks::sleep;
use ch09_streams::{HyperIo, HyperTimer, TcpStream};
use futures_io::{AsyncRead as _, AsyncWrite as _};
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;

use super::answer::answer;
use super::impatient::Impatient;
use super::policy;
use super::server::Server;

/// How long a connection may take to end once the server is to stop.
const GRACE: Duration = Duration::from_secs(5);

/// How long a closed connection is listened to, and for how many bytes.
const FAREWELL: (Duration, usize) = (Duration::from_secs(1), 256 * 1024);

/// Serves a connection to its end.
pub(crate) async fn serve(server: Rc<Server>, stream: TcpStream) {
    // Answers are sent whole: there is nothing to gather them with.
    let _ = stream.set_nodelay(true);
    let io = HyperIo(Impatient::new(stream, server.limits.stall));
    let own = server.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let (request, _) = request.into_parts();
        future::ready(Ok::<_, Infallible>(answer(&own.site, &own.hosts, &request)))
    });
    let mut connection = rules(&server).serve_connection(io, service);
    let run = poll_fn(|cx| connection.poll_without_shutdown(cx));
    let end = match unless(server.stop.clone(), run).await {
        None => {
            Pin::new(&mut connection).graceful_shutdown();
            let run = poll_fn(|cx| connection.poll_without_shutdown(cx));
            unless(sleep(GRACE), run).await
        }
        end => end,
    };
    let parts = connection.into_parts();
    let mut stream = parts.io.0.into_inner();
    let is_late = end.is_some_and(|it| it.is_err_and(|error| error.is_timeout()));
    if is_late && !parts.read_buf.is_empty() {
        say(&mut stream, "408 Request Timeout").await;
    }
    close(stream).await;
}

fn rules(server: &Server) -> http1::Builder {
    let mut rules = http1::Builder::new();
    rules.timer(HyperTimer).header_read_timeout(server.limits.patience);
    rules.max_buf_size(server.limits.head).max_header_size(server.limits.head);
    rules.max_headers(server.limits.headers);
    rules
}

/// Says no to a connection that is one too many.
pub(crate) async fn turn_away(mut stream: TcpStream) {
    say(&mut stream, "503 Service Unavailable").await;
    close(stream).await;
}

/// Sends an answer of ours, beside hyper. It is short, and nothing else is on its way; so
/// if there is no room for it the peer isn't listening.
async fn say(stream: &mut TcpStream, status: &str) {
    let headers = policy::ALWAYS.map(|(name, value)| format!("{name}: {value}\r\n"));
    let headers = headers.concat();
    let ending = "retry-after: 1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    let text = format!("HTTP/1.1 {status}\r\n{headers}{ending}");
    let mut stream = Pin::new(stream);
    let write = poll_fn(|cx| stream.as_mut().poll_write(cx, text.as_bytes()));
    let _ = unless(sleep(FAREWELL.0), write).await;
}

/// Says that nothing more will come, and reads what the peer still has to say. Closed with
/// bytes unread, a connection is reset, and what was sent last may be lost.
async fn close(mut stream: TcpStream) {
    let mut stream = Pin::new(&mut stream);
    if poll_fn(|cx| stream.as_mut().poll_close(cx)).await.is_err() {
        return;
    }
    let mut left = FAREWELL.1;
    let listen = poll_fn(|cx| {
        // Not in the future, of which there may be ten thousand.
        let mut buffer = [0; 4096];
        loop {
            match ready!(stream.as_mut().poll_read(cx, &mut buffer)) {
                Ok(1..) if left == 0 => return Poll::Ready(()),
                Ok(count @ 1..) => left = left.saturating_sub(count),
                Ok(0) | Err(_) => return Poll::Ready(()),
            }
        }
    });
    let _ = unless(sleep(FAREWELL.0), listen).await;
}

/// What `future` comes to, unless `end` comes first.
pub(crate) async fn unless<T>(
    end: impl Future,
    future: impl Future<Output = T>,
) -> Option<T> {
    let (mut end, mut future) = (pin!(end), pin!(future));
    poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => end.as_mut().poll(cx).map(|_| None),
    })
    .await
}
