//! The programs on smol's `LocalExecutor`, which `async-io` polls.

use std::future::poll_fn;
use std::net::{TcpListener, TcpStream};
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use smol::future::yield_now;
use smol::io::{AsyncReadExt as _, AsyncWriteExt as _};
use smol::{Async, LocalExecutor, Timer, block_on, channel};

use crate::{COUNT, Programs};

/// Programs live as long as the process.
type Executor = LocalExecutor<'static>;

pub(crate) fn programs() -> Programs {
    let executor: Rc<Executor> = Rc::new(LocalExecutor::new());
    let on = |program: fn(&Executor)| -> Box<dyn FnMut()> {
        let executor = executor.clone();
        Box::new(move || program(&executor))
    };
    Programs {
        name: "smol",
        spawn: on(|executor| block_on(executor.run(spawns(executor)))),
        yields: on(|executor| block_on(executor.run(yields(executor)))),
        channel: on(|executor| block_on(executor.run(channel(executor)))),
        timer: on(|executor| block_on(executor.run(timer()))),
        echo: on(|executor| block_on(executor.run(echo(executor)))),
    }
}

async fn spawns(executor: &Executor) {
    let tasks: Vec<_> = (0..COUNT).map(|n| executor.spawn(async move { n })).collect();
    for (task, n) in tasks.into_iter().zip(0..) {
        assert_eq!(task.await, n);
    }
}

async fn give_way() {
    for _ in 0..COUNT / 2 {
        yield_now().await;
    }
}

async fn yields(executor: &Executor) {
    let other = executor.spawn(give_way());
    give_way().await;
    other.await;
}

async fn channel(executor: &Executor) {
    let (sender, receiver) = channel::bounded(16);
    let task = executor.spawn(async move {
        for n in 0..COUNT {
            sender.send(n).await.expect("somebody listens");
        }
    });
    for n in 0..COUNT {
        assert_eq!(receiver.recv().await, Ok(n));
    }
    task.await;
}

async fn timer() {
    for _ in 0..COUNT {
        let mut alarm = Timer::after(Duration::from_hours(1));
        poll_fn(|cx| {
            assert!(std::pin::Pin::new(&mut alarm).poll(cx).is_pending());
            Poll::Ready(())
        })
        .await;
    }
}

async fn echo(executor: &Executor) {
    let listener = Async::<TcpListener>::bind(([127, 0, 0, 1], 0));
    let listener = listener.expect("a port is free");
    let address = listener.get_ref().local_addr().expect("it has one");
    let task = executor.spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a client");
        let mut byte = [0];
        while stream.read(&mut byte).await.expect("a byte") > 0 {
            stream.write_all(&byte).await.expect("somebody listens");
        }
    });
    let mut stream = Async::<TcpStream>::connect(address).await.expect("it listens");
    stream.get_ref().set_nodelay(true).expect("a socket");
    let mut byte = [7];
    for _ in 0..COUNT {
        stream.write_all(&byte).await.expect("somebody listens");
        assert_eq!(stream.read(&mut byte).await.expect("a byte"), 1);
    }
    drop(stream);
    task.await;
}
