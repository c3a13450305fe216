//! The Rust side of the oracle's programs.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::Write as _;
use std::net::Shutdown;
use std::rc::Rc;

use ch06_tasks::{Builder, call_soon, now, sleep, spawn, spawn_named};
use ch09_streams::{
    BufReader, ReadError, StreamWriter, TcpStream, TryWrite, duplex, finally, serve,
    write_all,
};
use futures_io::AsyncRead;
use trace::{Setting, say};

use crate::{listen, ms};

/// `asyncio.run`: a loop of its own, the main task, and the end of all others.
fn run<F: Future>(setting: &Setting, main: F) -> F::Output {
    let builder = Builder::new().clock(&setting.clock).observer(&setting.observer);
    let runtime = builder.build().expect("a descriptor is left");
    let output = runtime.block_on(main);
    runtime.shutdown();
    output
}

/// What comes in one read.
async fn read<R: AsyncRead + Unpin>(reader: &mut BufReader<R>) -> String {
    let mut buffer = [0; 100];
    let count = reader.read(&mut buffer).await.expect("the loopback works");
    String::from_utf8_lossy(&buffer[..count]).into_owned()
}

pub(crate) fn echo(setting: &Setting) {
    async fn connection(stream: TcpStream) {
        let (ours, theirs) = stream.into_split();
        let mut writer = StreamWriter::new(theirs);
        let text = read(&mut BufReader::new(ours)).await;
        say!("received {text}");
        writer.write(text.as_bytes()).expect("room");
        writer.drain().await.expect("room");
        say!("closes");
    }
    run(setting, async {
        let (listener, address) = listen();
        let server = serve(listener, |stream, _| connection(stream));
        let stream = TcpStream::connect(address).await.expect("it listens");
        let (ours, theirs) = stream.into_split();
        let (mut reader, mut writer) = (BufReader::new(ours), StreamWriter::new(theirs));
        say!("sends hello");
        writer.write(b"hello").expect("room");
        writer.drain().await.expect("room");
        say!("received {}", read(&mut reader).await);
        say!("then {} bytes: the end", read(&mut reader).await.len());
        writer.finish().await.expect("all is sent");
        server.shutdown(ms(0)).await;
        say!("the server is closed");
    });
}

/// Lines that take a second each.
struct Lines(VecDeque<&'static str>);

impl Lines {
    async fn next(&mut self) -> Option<&'static str> {
        sleep(ms(1000)).await;
        self.0.pop_front()
    }
}

pub(crate) fn iterate(setting: &Setting) {
    async fn other() {
        for n in 0..3 {
            say!("other {n}");
            sleep(ms(1000)).await;
        }
    }
    /// Numbers that take a second each: the state that a generator would keep.
    struct Numbers(std::ops::Range<u32>);
    impl Numbers {
        async fn next(&mut self) -> Option<u32> {
            let n = self.0.next()?;
            sleep(ms(1000)).await;
            Some(n)
        }
    }
    run(setting, async {
        let task = spawn(other());
        let mut lines = Lines(["one", "two"].into());
        while let Some(line) = lines.next().await {
            say!("{line}");
        }
        say!("exhausted");
        task.await.expect("no panic");
        let (mut numbers, mut all) = (Numbers(0..3), Vec::new());
        while let Some(n) = numbers.next().await {
            all.push(n);
        }
        say!("{all:?}");
    });
}

#[derive(Debug, PartialEq)]
enum Failure {
    Swallowed,
    Passed,
}

async fn log(text: &str) {
    sleep(ms(0)).await;
    say!("{text}");
}

/// The body in a context, which says how it ended and swallows one of the failures.
async fn with(body: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    log("enters").await;
    let how = RefCell::new("CancelledError".to_owned());
    let body = async {
        let result = body.await;
        let name = result.as_ref().err().map(|failure| format!("{failure:?}"));
        how.replace(name.unwrap_or("None".to_owned()));
        result
    };
    let exit = || async { log(&format!("leaves: {}", how.borrow())).await };
    match finally(body, exit).await {
        Err(Failure::Swallowed) => Ok(()),
        result => result,
    }
}

pub(crate) fn contexts(setting: &Setting) {
    run(setting, async {
        let body = async {
            say!("the body");
            Ok(())
        };
        with(body).await.expect("it is well");
        with(async { Err(Failure::Swallowed) }).await.expect("it is swallowed");
        if let Err(failure) = with(async { Err(Failure::Passed) }).await {
            say!("{failure:?}");
        }
        let task = spawn(with(async {
            sleep(ms(10_000)).await;
            Ok(())
        }));
        sleep(ms(1000)).await;
        task.cancel();
        if task.await.is_err() {
            say!("cancelled");
        }
    });
}

/// A stream, and the blocking socket at its other end.
async fn sockets() -> (TcpStream, std::net::TcpStream) {
    let (listener, address) = listen();
    let theirs = std::net::TcpStream::connect(address).expect("it listens");
    (listener.accept().await.expect("it connected").0, theirs)
}

pub(crate) fn read_chain(setting: &Setting) {
    async fn reader(stream: TcpStream) {
        let mut reader = BufReader::new(stream);
        say!("read would block");
        let first = reader.read_exact(6).await.expect("it comes");
        say!("resumed with {} {}", String::from_utf8_lossy(&first), now().as_millis());
        let second = reader.read_exact(5).await.expect("it is there");
        let second = String::from_utf8_lossy(&second);
        say!("what is in the buffer takes no turn: {second}");
        if let Err(ReadError::Incomplete(rest)) = reader.read_exact(3).await {
            say!("incomplete: {}", String::from_utf8_lossy(&rest));
        }
    }
    run(setting, async {
        let (ours, mut theirs) = sockets().await;
        let task = spawn(reader(ours));
        sleep(ms(1000)).await;
        theirs.write_all(b"hello,world").expect("room");
        say!("sent {}", now().as_millis());
        sleep(ms(1000)).await;
        theirs.write_all(b"!!").expect("room");
        drop(theirs);
        task.await.expect("no panic");
    });
}

/// The loop's turn, as the recorder stamps it on an event.
fn turn(setting: &Setting) -> u64 {
    setting.observer.ready([]);
    setting.observer.events().last().map_or(0, |event| event.turn)
}

async fn takes(setting: &Setting, what: impl Future) -> u64 {
    let start = turn(setting);
    what.await;
    turn(setting) - start
}

/// Turns from `cause`, in a callback, to the task that reads a byte of `stream`.
async fn follows<R: AsyncRead + Unpin + 'static>(
    setting: &Setting,
    stream: R,
    cause: impl FnOnce() + 'static,
) -> u64 {
    let (before, after) = (setting.clone(), setting.clone());
    let waiter = spawn_named("waiter", async move {
        let mut reader = BufReader::new(stream);
        reader.read(&mut [0]).await.expect("no failure");
        turn(&after)
    });
    for _ in 0..5 {
        sleep(ms(0)).await;
    }
    let caused = Rc::new(Cell::new(0));
    let called = caused.clone();
    call_soon(move || {
        called.set(turn(&before));
        cause();
    });
    waiter.await.expect("no panic") - caused.get()
}

pub(crate) fn latency(setting: &Setting) {
    run(setting, async {
        let (ours, mut theirs) = duplex(64);
        write_all(&mut theirs, b"one\ntwo\n").await.expect("room");
        let mut reader = BufReader::new(ours);
        let n = takes(setting, reader.read_line()).await;
        say!("a line that is there: {n}");
        let n = takes(setting, reader.read_exact(4)).await;
        say!("so many bytes that are there: {n}");
        let fed = move || assert_eq!(theirs.try_write(b"x").expect("room"), 1);
        let n = follows(setting, reader.into_parts().0, fed).await;
        say!("read / the reader is fed: {n}");
        let (ours, mut theirs) = sockets().await;
        let end = theirs.try_clone().expect("a descriptor is left");
        let sends = move || theirs.write_all(b"x").expect("room");
        let (ours, write) = ours.into_split();
        let n = follows(setting, ours, sends).await;
        say!("read / the peer sends: {n}");
        let mut writer = StreamWriter::new(write);
        writer.write(b"x").expect("room");
        let n = takes(setting, writer.drain()).await;
        say!("drain below the mark: {n}");
        let (ours, theirs) = sockets().await;
        let ends = move || theirs.shutdown(Shutdown::Write).expect("it is connected");
        let n = follows(setting, ours, ends).await;
        say!("read / the peer ends: {n}");
        drop(end);
    });
}
