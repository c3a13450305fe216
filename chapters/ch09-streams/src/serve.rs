//! A server: a task for each connection, and an end in three steps. It stops accepting,
//! lets the connections finish, and cancels those that take too long.
//!
//! Invariant: it holds each connection's task until that has ended, and no longer.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use ch06_tasks::{Handle, JoinHandle, Promise, Task, call_later, sleep, spawn_named};

use crate::{TcpListener, TcpStream};

/// How long it rests when a connection can't be accepted.
const REST: Duration = Duration::from_millis(100);

/// A server that runs. Dropped, it goes on.
pub struct Server {
    accepting: JoinHandle<()>,
    connections: Rc<Connections>,
}

/// What became of the connections that were open when the server was told to stop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Served {
    /// So many finished in time.
    pub finished: usize,
    /// So many did not, and were asked to stop.
    pub cancelled: usize,
}

/// The tasks of the connections that are open.
#[derive(Default)]
struct Connections {
    /// By the order in which they came.
    tasks: RefCell<BTreeMap<u64, Rc<Task>>>,
    /// How many came.
    count: Cell<u64>,
    /// Set when none is left, if somebody waits for that.
    none_left: RefCell<Option<Promise<()>>>,
}

/// Accepts connections, and has `handler` called for each, in a task of its own.
pub fn serve<F: Future<Output = ()> + 'static>(
    listener: TcpListener,
    handler: impl Fn(TcpStream, SocketAddr) -> F + 'static,
) -> Server {
    let connections = Rc::new(Connections::default());
    let accepting = accept(listener, Rc::new(handler), connections.clone());
    Server { accepting: spawn_named("server", accepting), connections }
}

async fn accept<F: Future<Output = ()> + 'static>(
    listener: TcpListener,
    handler: Rc<impl Fn(TcpStream, SocketAddr) -> F + 'static>,
    connections: Rc<Connections>,
) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                let handler = handler.clone();
                // Called inside the task: should it panic, only that connection ends.
                connections.spawn(async move { handler(stream, peer).await });
            }
            // That one is lost. The next may not be.
            Err(_) => sleep(REST).await,
        }
    }
}

impl Server {
    /// How many connections are open.
    pub fn connections(&self) -> usize {
        self.connections.tasks().len()
    }

    /// Stops: nothing more is accepted from now on; the connections that are open have
    /// so long to finish, and are cancelled then. Returns when none is left.
    pub async fn shutdown(self, patience: Duration) -> Served {
        self.accepting.cancel();
        let _ = self.accepting.await;
        let open = self.connections;
        let before = open.tasks().len();
        open.wait(Some(patience)).await;
        let late = open.tasks();
        for task in &late {
            task.cancel();
        }
        open.wait(None).await;
        Served { finished: before - late.len(), cancelled: late.len() }
    }
}

impl Connections {
    fn spawn(self: &Rc<Self>, connection: impl Future<Output = ()> + 'static) {
        let number = self.count.get() + 1;
        self.count.set(number);
        let task = spawn_named(&format!("connection-{number}"), connection);
        self.tasks.borrow_mut().insert(number, task.task());
        let open = self.clone();
        task.promise().add_done_callback(move |_| open.ended(number));
    }

    fn ended(&self, number: u64) {
        self.tasks.borrow_mut().remove(&number);
        if self.tasks.borrow().is_empty() {
            let none_left = self.none_left.take();
            none_left.map(|it| it.set(()));
        }
    }

    fn tasks(&self) -> Vec<Rc<Task>> {
        self.tasks.borrow().values().cloned().collect()
    }

    /// Until none is left, or for so long.
    async fn wait(&self, at_most: Option<Duration>) {
        if self.tasks.borrow().is_empty() {
            return;
        }
        let over = Promise::new("the connections");
        self.none_left.replace(Some(over.clone()));
        let late = over.clone();
        let alarm = at_most.map(|limit| call_later(limit, move || _ = late.set(())));
        let _ = over.await;
        alarm.inspect(Handle::cancel);
    }
}
