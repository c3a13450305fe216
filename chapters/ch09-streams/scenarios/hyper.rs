//! HTTP by hyper, on this runtime: its server and its client, over one loop's sockets.

use std::convert::Infallible;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::time::Duration;

use ch06_tasks::{sleep, spawn_named, waits_for};
use ch09_streams::{HyperIo, HyperTimer, TcpStream, serve};
use hyper::body::{Body, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use trace::{Setting, say};

use crate::{listen, runtime, seconds};

type Failure = Box<dyn std::error::Error>;

/// Answers a request; the page at `/slow` takes a second.
async fn answer(request: Request<Incoming>) -> Result<Response<String>, Infallible> {
    say!("{} {}", request.method(), request.uri());
    if request.uri() == "/slow" {
        sleep(seconds(1)).await;
    }
    Ok(Response::new(format!("this is {}", request.uri())))
}

async fn connection(stream: TcpStream) {
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(HyperTimer).header_read_timeout(seconds(10)).auto_date_header(false);
    if let Err(error) = http.serve_connection(HyperIo(stream), service_fn(answer)).await {
        say!("{error}");
    }
}

/// Asks for each of `paths` over one connection.
async fn client(address: SocketAddr, paths: &[&str]) -> Result<(), Failure> {
    let stream = HyperIo(TcpStream::connect(address).await?);
    let (mut sender, wire) = hyper::client::conn::http1::handshake(stream).await?;
    drop(spawn_named("wire", async { wire.await.expect("the loopback works") }));
    for path in paths {
        let request = Request::get(*path).header("host", "loopback");
        let response = sender.send_request(request.body(String::new())?);
        let response = awaits("an answer", response).await?;
        let status = response.status();
        say!("{status}: {}", text(response.into_body()).await?);
    }
    Ok(())
}

/// Awaits what hyper made, which can't say in a trace what it waits for.
async fn awaits<F: Future>(what: &str, future: F) -> F::Output {
    let mut future = pin!(future);
    let said = poll_fn(|cx| {
        let poll = future.as_mut().poll(cx);
        poll.is_pending().then(|| waits_for(what));
        poll
    });
    said.await
}

/// The whole of a body.
async fn text(mut body: Incoming) -> hyper::Result<String> {
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        bytes.extend(frame?.into_data().unwrap_or_default());
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

pub(crate) fn run(setting: &Setting) {
    let result: Result<(), Failure> = runtime(setting).block_on(async {
        let (listener, address) = listen()?;
        let server = serve(listener, |stream, _| connection(stream));
        let client = spawn_named("client", async move {
            client(address, &["/", "/slow"]).await.expect("the loopback works");
        });
        client.await?;
        say!("{:?}", server.shutdown(Duration::from_secs(1)).await);
        Ok(())
    });
    result.expect("the loopback works");
}
