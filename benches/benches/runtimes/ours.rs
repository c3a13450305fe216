//! The programs on chapter 6, with chapter 8's channels.

use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use ch06_tasks::{Runtime, TcpListener, TcpStream, sleep, spawn, yield_now};
use ch08_queues::mpsc;

use crate::{COUNT, Programs};

pub(crate) fn programs() -> Programs {
    let runtime = Rc::new(Runtime::new().expect("a descriptor is left"));
    let on = |program: fn(&Runtime)| -> Box<dyn FnMut()> {
        let runtime = runtime.clone();
        Box::new(move || program(&runtime))
    };
    Programs {
        name: "ours",
        spawn: on(|runtime| runtime.block_on(spawns())),
        yields: on(|runtime| runtime.block_on(yields())),
        channel: on(|runtime| runtime.block_on(channel())),
        timer: on(|runtime| runtime.block_on(timer())),
        echo: on(|runtime| runtime.block_on(echo())),
    }
}

async fn spawns() {
    let tasks: Vec<_> = (0..COUNT).map(|n| spawn(async move { n })).collect();
    for (task, n) in tasks.into_iter().zip(0..) {
        assert_eq!(task.await.expect("it returns"), n);
    }
}

async fn give_way() {
    for _ in 0..COUNT / 2 {
        yield_now().await;
    }
}

async fn yields() {
    let other = spawn(give_way());
    give_way().await;
    other.await.expect("it returns");
}

async fn channel() {
    let (sender, mut receiver) = mpsc::channel(16);
    let task = spawn(async move {
        for n in 0..COUNT {
            sender.send(n).await.expect("somebody listens");
        }
    });
    for n in 0..COUNT {
        assert_eq!(receiver.recv().await, Some(n));
    }
    task.await.expect("it returns");
}

async fn timer() {
    for _ in 0..COUNT {
        let mut alarm = pin!(sleep(Duration::from_hours(1)));
        poll_fn(|cx| {
            assert!(alarm.as_mut().poll(cx).is_pending());
            Poll::Ready(())
        })
        .await;
    }
}

async fn echo() {
    let listener = TcpListener::bind("127.0.0.1:0".parse().expect("an address"));
    let listener = listener.expect("a port is free");
    let address = listener.get_ref().local_addr().expect("it has one");
    let task = spawn(async move {
        let (stream, _) = listener.accept().await.expect("a client");
        let mut byte = [0];
        while stream.read(&mut byte).await.expect("a byte") > 0 {
            stream.write_all(&byte).await.expect("somebody listens");
        }
    });
    let stream = TcpStream::connect(address).await.expect("it listens");
    stream.get_ref().set_nodelay(true).expect("a socket");
    let mut byte = [7];
    for _ in 0..COUNT {
        stream.write_all(&byte).await.expect("somebody listens");
        assert_eq!(stream.read(&mut byte).await.expect("a byte"), 1);
    }
    drop(stream);
    task.await.expect("it returns");
}
