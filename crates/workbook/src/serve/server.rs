//! The server: who comes in, and how many.
//!
//! Invariant: a flood of connections starves nobody, for each turn of the loop accepts
//! one; and the number of those that are open is limited.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use ch06_tasks::{Promise, sleep, spawn, yield_now};
use ch09_streams::{TcpListener, TcpStream};

use super::answer::Hosts;
use super::connection::{self, unless};
use super::site::Site;

/// How much of everything a server takes on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How many connections are served at once.
    pub(crate) connections: usize,
    /// How long a peer may take to send the head of a request, the first or the next.
    pub(crate) patience: Duration,
    /// How long a write may stand still. Longer: a third of a system's buffer, perhaps
    /// 1 MiB, must be read before it says that there is room again.
    pub(crate) stall: Duration,
    /// How many bytes the head of a request has, at most.
    pub(crate) head: usize,
    /// How many headers.
    pub(crate) headers: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: 512,
            patience: Duration::from_secs(20),
            stall: Duration::from_mins(2),
            head: 16 * 1024,
            headers: 64,
        }
    }
}

/// How many more are told that there are too many, instead of being hung up on.
const TURNED_AWAY: usize = 64;

/// How long the server rests when a connection can't be accepted.
const REST: Duration = Duration::from_millis(100);

/// A site, and what is known of those who read it.
pub(crate) struct Server {
    /// What is served.
    pub(crate) site: Site,
    /// The names it answers to.
    pub(crate) hosts: Hosts,
    /// Where it listens.
    pub(crate) port: u16,
    /// How much it takes on.
    pub(crate) limits: Limits,
    /// Set when it is to stop.
    pub(crate) stop: Promise<()>,
    /// How many connections are open.
    open: Cell<usize>,
}

impl Server {
    /// A server in the loop that runs here.
    pub(crate) fn new(site: Site, port: u16, limits: Limits) -> Self {
        let (hosts, stop) = (Hosts::new(port), Promise::new("the end"));
        Server { site, hosts, port, limits, stop, open: Cell::new(0) }
    }

    /// Takes in whoever comes, until it is to stop.
    pub(crate) async fn accept(self: &Rc<Self>, listener: TcpListener) {
        while let Some(accepted) = unless(self.stop.clone(), listener.accept()).await {
            match accepted {
                Ok((stream, _)) => self.take_in(stream),
                // The next one may not fail.
                Err(_) => sleep(REST).await,
            }
            yield_now().await;
        }
    }

    /// How many connections are open.
    #[cfg(test)]
    pub(crate) fn open(&self) -> usize {
        self.open.get()
    }

    fn take_in(self: &Rc<Self>, stream: TcpStream) {
        let (open, limit) = (self.open.get(), self.limits.connections);
        if open >= limit + TURNED_AWAY {
            return;
        }
        self.open.set(open + 1);
        let slot = Slot(self.clone());
        drop(spawn(async move {
            match open < limit {
                true => connection::serve(slot.0.clone(), stream).await,
                false => connection::turn_away(stream).await,
            }
        }));
    }
}

/// One of the places for a connection. Dropped, it is free again.
struct Slot(Rc<Server>);

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.open.update(|open| open - 1);
    }
}
