//! hyper on this runtime.

use std::convert::Infallible;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::Pin;

use ch06_tasks::{now, sleep, spawn};
use ch09_streams::{
    BufReader, HyperIo, HyperTimer, Server, TcpStream, duplex, serve, write_all,
};
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1::SendRequest;
use hyper::rt::Timer;
use hyper::service::service_fn;
use hyper::{Request, Response};

use crate::{last_wait, listen, ms, observed, runtime};

async fn bytes(mut body: Incoming) -> hyper::Result<Vec<u8>> {
    let mut all = Vec::new();
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        all.extend(frame?.into_data().unwrap_or_default());
    }
    Ok(all)
}

/// Sends bodies back; answers an empty one with its path.
async fn echo(request: Request<Incoming>) -> Result<Response<String>, hyper::Error> {
    let path = request.uri().to_string();
    let body = String::from_utf8(bytes(request.into_body()).await?).expect("UTF-8");
    Ok(Response::new(if body.is_empty() { path } else { body }))
}

fn http_server() -> (Server, SocketAddr) {
    let (listener, address) = listen();
    let server = serve(listener, |stream, _| async {
        let mut http = hyper::server::conn::http1::Builder::new();
        http.timer(HyperTimer).header_read_timeout(ms(10_000));
        let _ = http.serve_connection(HyperIo(stream), service_fn(echo)).await;
    });
    (server, address)
}

async fn connect(address: SocketAddr) -> SendRequest<String> {
    let stream = HyperIo(TcpStream::connect(address).await.expect("it listens"));
    let (sender, wire) =
        hyper::client::conn::http1::handshake(stream).await.expect("a handshake");
    drop(spawn(wire));
    sender
}

async fn asked(sender: &mut SendRequest<String>, path: &str, body: String) -> Vec<u8> {
    let request = Request::post(path).header("host", "loopback").body(body);
    let response = sender.send_request(request.expect("a request")).await;
    bytes(response.expect("an answer").into_body()).await.expect("a body")
}

#[test]
fn a_thousand_requests_over_ten_connections_are_answered_each_with_its_own() {
    runtime().block_on(async {
        let (server, address) = http_server();
        let clients: Vec<_> = (0..10)
            .map(|client| {
                spawn(async move {
                    let mut sender = connect(address).await;
                    for n in 0..100 {
                        let path = format!("/{client}/{n}");
                        let answer = asked(&mut sender, &path, String::new()).await;
                        assert_eq!(answer, path.as_bytes());
                    }
                })
            })
            .collect();
        for client in clients {
            client.await.expect("no panic");
        }
        let end = server.shutdown(ms(1_000)).await;
        assert_eq!(end.cancelled, 0);
    });
}

#[test]
fn five_megabytes_there_and_back_arrive_whole() {
    runtime().block_on(async {
        let (_server, address) = http_server();
        let body: String =
            (0..5_000_000_u32).map(|n| char::from(b'a' + (n % 23) as u8)).collect();
        let mut sender = connect(address).await;
        assert!(asked(&mut sender, "/", body.clone()).await == body.into_bytes());
    });
}

#[test]
fn a_stream_that_takes_a_byte_at_a_time_carries_a_head_and_a_body() {
    runtime().block_on(async {
        let (ours, theirs) = duplex(1);
        let server = hyper::server::conn::http1::Builder::new()
            .serve_connection(HyperIo(theirs), service_fn(echo));
        let server = spawn(server);
        let (mut sender, wire) = hyper::client::conn::http1::handshake(HyperIo(ours))
            .await
            .expect("a handshake");
        drop(spawn(wire));
        let body = "body ".repeat(100);
        assert!(asked(&mut sender, "/", body.clone()).await == body.into_bytes());
        drop(sender);
        assert!(server.await.expect("no panic").is_ok());
    });
}

#[test]
fn hypers_time_is_the_loops() {
    let (runtime, observer) = observed();
    runtime.block_on(async {
        let start = HyperTimer.now();
        HyperTimer.sleep(ms(500)).await;
        assert_eq!(now(), ms(500));
        assert_eq!(HyperTimer.now() - start, ms(500));
        HyperTimer.sleep_until(start + ms(700)).await;
        assert_eq!(now(), ms(700));
        HyperTimer.sleep_until(start).await;
        assert_eq!(now(), ms(700), "that had passed");
        drop(HyperTimer.sleep(ms(100_000)));
        sleep(ms(1)).await;
        assert_eq!(now(), ms(701));
    });
    assert_eq!(last_wait(&observer), Some((0, 1)), "the dropped one is gone");
}

#[test]
fn a_client_that_says_nothing_is_hung_up_on_after_the_time_for_a_head() {
    runtime().block_on(async {
        let (_server, address) = http_server();
        let (read, mut write) =
            TcpStream::connect(address).await.expect("it listens").into_split();
        write_all(&mut write, b"GET / HT").await.expect("room");
        let rest = BufReader::new(read).read_until(0).await;
        assert!(rest.is_err(), "the end: {rest:?}");
        assert_eq!(now(), ms(10_000));
    });
}

/// A future that hyper wants to run beside a connection.
#[test]
fn what_hyper_wants_to_run_is_a_task() {
    use hyper::rt::Executor as _;
    runtime().block_on(async {
        let before = ch06_tasks::all_tasks().len();
        ch09_streams::HyperExecutor.execute(async { Ok::<(), Infallible>(()) });
        assert_eq!(ch06_tasks::all_tasks().len(), before + 1);
    });
}
