//! Peers that are slow, many, or still there at the end: on the virtual clock.

use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use ch06_tasks::{Builder, now, sleep, spawn};
use ch09_streams::TcpStream;
use futures_io::{AsyncRead as _, AsyncWrite as _};
use trace::Clock;

use super::super::connection::unless;
use super::super::server::Server;
use super::{LONG, Limits, Serving, long, site};

const PATIENCE: Duration = Duration::from_secs(20);

/// Someone who asks, in the same loop as the server.
struct Peer(TcpStream, SocketAddr);

impl Peer {
    async fn new(server: &Server) -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], server.port));
        Peer(TcpStream::connect(address).await.unwrap(), address)
    }

    async fn send(&mut self, text: &str) {
        let text = text.replace("{host}", &self.1.to_string());
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            let stream = &mut self.0;
            let written = poll_fn(|cx| Pin::new(&mut *stream).poll_write(cx, rest));
            rest = &rest[written.await.unwrap()..];
        }
    }

    async fn ask(&mut self, target: &str) {
        self.send(&format!("GET {target} HTTP/1.1\r\nHost: {{host}}\r\n\r\n")).await;
    }

    /// What is there, up to 1 MiB; nothing at the end.
    async fn read(&mut self) -> io::Result<Vec<u8>> {
        let mut buffer = vec![0; 1024 * 1024];
        let stream = &mut self.0;
        let read = poll_fn(|cx| Pin::new(&mut *stream).poll_read(cx, &mut buffer));
        let count = read.await?;
        buffer.truncate(count);
        Ok(buffer)
    }

    /// All that comes until the connection is closed, or broken.
    async fn read_to_end(&mut self) -> Vec<u8> {
        let mut all = Vec::new();
        while let Ok(bytes) = self.read().await {
            if bytes.is_empty() {
                break;
            }
            all.extend(bytes);
        }
        all
    }

    /// One answer to a request for `book.js`.
    async fn read_answer(&mut self) -> String {
        let mut all = Vec::new();
        while !all.ends_with(b"console.log('book')") {
            all.extend(self.read().await.unwrap());
        }
        String::from_utf8(all).unwrap()
    }
}

/// Longer than any story takes.
const ENOUGH: Duration = Duration::from_mins(10);

/// Runs `story` beside a server, then stops the server. Returns how long all that took.
fn run(limits: Limits, story: impl AsyncFnOnce(Rc<Server>)) -> Duration {
    let builder = Builder::new().clock(&Clock::virtual_time());
    let serving = Serving::on(builder, site(), 0, limits).unwrap();
    let Serving { runtime, server, listener } = serving;
    runtime.block_on(async {
        let own = server.clone();
        let accept = spawn(async move { own.accept(listener).await });
        let story = unless(sleep(ENOUGH), story(server.clone())).await;
        story.expect("the story has an end");
        let _ = server.stop.set(());
        accept.await.unwrap();
        unless(sleep(ENOUGH), all_gone(&server)).await.expect("each connection ends");
        now()
    })
}

async fn all_gone(server: &Server) {
    while server.open() > 0 {
        sleep(Duration::from_secs(1)).await;
    }
}

fn limits() -> Limits {
    Limits { patience: PATIENCE, stall: PATIENCE, ..Limits::default() }
}

#[test]
fn half_a_head_is_answered_when_patience_ends() {
    run(limits(), async |server| {
        let mut peer = Peer::new(&server).await;
        peer.send("GET / HTTP/1.1\r\nHost: {host}\r\nX-").await;
        let answer = String::from_utf8(peer.read_to_end().await).unwrap();
        assert_eq!(now(), PATIENCE);
        assert!(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{answer}");
        assert!(answer.contains("\r\nx-content-type-options: nosniff\r\n"), "{answer}");
        assert!(answer.ends_with("\r\n\r\n"), "{answer}");
    });
}

#[test]
fn one_byte_after_another_buys_no_time() {
    run(limits(), async |server| {
        let mut peer = Peer::new(&server).await;
        for letter in "GET ".chars() {
            peer.send(&letter.to_string()).await;
            sleep(Duration::from_secs(4)).await;
        }
        let answer = peer.read_to_end().await;
        assert_eq!(now(), PATIENCE);
        assert!(answer.starts_with(b"HTTP/1.1 408 "));
    });
}

#[test]
fn a_connection_that_asks_nothing_is_closed() {
    run(limits(), async |server| {
        let mut silent = Peer::new(&server).await;
        assert_eq!(silent.read_to_end().await, b"");
        assert_eq!(now(), PATIENCE);
    });
}

#[test]
fn a_connection_that_asks_nothing_more_is_closed() {
    run(limits(), async |server| {
        let mut peer = Peer::new(&server).await;
        sleep(Duration::from_secs(15)).await;
        peer.ask("/book.js").await;
        peer.read_answer().await;
        sleep(Duration::from_secs(15)).await;
        peer.ask("/book.js").await;
        peer.read_answer().await;
        assert_eq!(peer.read_to_end().await, b"");
        assert_eq!(now(), Duration::from_secs(30) + PATIENCE);
    });
}

#[test]
fn an_answer_that_nobody_reads_is_given_up() {
    run(limits(), async |server| {
        let mut peer = Peer::new(&server).await;
        peer.ask("/long.txt").await;
        sleep(PATIENCE + Duration::from_secs(2)).await;
        assert_eq!(server.open(), 0);
        assert!(peer.read_to_end().await.len() < LONG);
    });
}

#[test]
fn a_slow_reader_gets_every_byte() {
    run(limits(), async |server| {
        let mut peer = Peer::new(&server).await;
        peer.ask("/long.txt").await;
        let mut all = Vec::new();
        while all.len() < LONG {
            sleep(Duration::from_secs(4)).await;
            all.extend(peer.read().await.unwrap());
        }
        assert!(all.ends_with(long()));
        assert!(now() > PATIENCE + Duration::from_secs(10));
    });
}

#[test]
fn others_are_served_while_some_are_slow() {
    run(limits(), async |server| {
        let mut slow = Vec::new();
        for _ in 0..100 {
            let mut peer = Peer::new(&server).await;
            peer.send("GET / HT").await;
            slow.push(peer);
        }
        let mut peer = Peer::new(&server).await;
        peer.ask("/book.js").await;
        peer.read_answer().await;
        assert_eq!(now(), Duration::ZERO);
    });
}

#[test]
fn one_too_many_is_told_so_until_another_leaves() {
    let two = Limits { connections: 2, ..limits() };
    run(two, async |server| {
        let (mut a, mut b) = (Peer::new(&server).await, Peer::new(&server).await);
        for peer in [&mut a, &mut b] {
            peer.ask("/book.js").await;
            peer.read_answer().await;
        }
        let mut c = Peer::new(&server).await;
        c.ask("/book.js").await;
        let answer = String::from_utf8(c.read_to_end().await).unwrap();
        assert!(answer.starts_with("HTTP/1.1 503 Service Unavailable\r\n"), "{answer}");
        assert!(answer.contains("\r\nretry-after: 1\r\n"), "{answer}");
        drop((a, c));
        sleep(Duration::from_secs(2)).await;
        let mut d = Peer::new(&server).await;
        d.ask("/book.js").await;
        assert!(d.read_answer().await.starts_with("HTTP/1.1 200 "));
    });
}

#[test]
fn at_the_end_who_waits_is_closed_at_once() {
    let took = run(limits(), async |server| {
        let mut peer = Peer::new(&server).await;
        peer.ask("/book.js").await;
        peer.read_answer().await;
        let _ = server.stop.set(());
        assert_eq!(peer.read_to_end().await, b"");
    });
    assert!(took <= Duration::from_secs(2), "{took:?}");
}

#[test]
fn at_the_end_an_answer_that_was_begun_is_finished() {
    run(limits(), async |server| {
        let mut peer = Peer::new(&server).await;
        peer.ask("/long.txt").await;
        let mut all = peer.read().await.unwrap();
        let _ = server.stop.set(());
        all.extend(peer.read_to_end().await);
        assert!(all.ends_with(long()));
    });
}

#[test]
fn at_the_end_who_reads_nothing_is_not_waited_for() {
    let took = run(limits(), async |server| {
        let mut peer = Peer::new(&server).await;
        peer.ask("/long.txt").await;
        peer.read().await.unwrap();
        let _ = server.stop.set(());
        sleep(Duration::from_secs(7)).await;
        assert_eq!(server.open(), 0);
    });
    assert!(took < Duration::from_secs(9), "{took:?}");
}

#[test]
fn a_peer_that_vanishes_takes_nothing_with_it() {
    run(limits(), async |server| {
        let mut peer = Peer::new(&server).await;
        peer.ask("/long.txt").await;
        peer.read().await.unwrap();
        drop(peer);
        assert!(unless(sleep(Duration::from_secs(3)), all_gone(&server)).await.is_some());
    });
}
