//! The book, served by the runtime that it builds: `ch06-tasks` runs the tasks, `ch09-streams`
//! carries the bytes, hyper knows HTTP.
//!
//! Invariant: a request opens no file. The site is read once, before the first connection;
//! from then on a path is a key of a map, so there is nothing outside to be reached. And
//! the server is this machine's own: it listens on the loopback address, answers to its
//! own name only, and only to who asks to read.
//!
//! Reading order: the site, what it is asked for, the answer and its headers; a connection,
//! the server around it, how it ends.

mod site;
mod policy;
mod target;
mod answer;
mod body;
mod impatient;
mod connection;
mod server;
mod interrupt;
#[cfg(test)]
mod tests;

use std::io;
use std::path::Path;
use std::rc::Rc;

use ch06_tasks::{Builder, Runtime, all_tasks};

use crate::out;
use server::Server;

pub(crate) use server::Limits;
pub(crate) use site::Site;

/// A book that is about to be served. It has its address already.
pub(crate) struct Serving {
    runtime: Runtime,
    server: Rc<Server>,
    listener: ch09_streams::TcpListener,
}

impl Serving {
    /// Reads the book that lies in `root`, and listens on `port`; 0 is any that is free.
    ///
    /// # Errors
    /// `AddrInUse`: somebody else listens there. Or the book can't be read.
    pub(crate) fn new(root: &Path, port: u16, limits: Limits) -> io::Result<Self> {
        Self::on(Builder::new(), Site::read(root)?, port, limits)
    }

    /// The same, on a runtime of the caller's choice.
    pub(crate) fn on(
        builder: Builder,
        site: Site,
        port: u16,
        limits: Limits,
    ) -> io::Result<Self> {
        let runtime = builder.exception_handler(out::say).build()?;
        let address = ([127, 0, 0, 1], port).into();
        let listener = runtime.enter(|| ch09_streams::TcpListener::bind(address))?;
        let port = listener.local_addr()?.port();
        let server = runtime.enter(|| Server::new(site, port, limits));
        Ok(Serving { runtime, server: Rc::new(server), listener })
    }

    /// Where a page of it is.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.server.port)
    }

    /// Serves until Ctrl-C, and then until those who are being answered have their answer.
    ///
    /// # Errors
    /// Signals can't be listened for.
    pub(crate) fn until_interrupted(self) -> io::Result<()> {
        let watch = || interrupt::on_signals(self.server.stop.clone());
        self.runtime.enter(watch)?;
        self.run();
        Ok(())
    }

    /// Serves until the server's `stop` is set.
    fn run(self) {
        let Serving { runtime, server, listener } = self;
        runtime.block_on(server.accept(listener));
        // Each connection ends by itself now, in a time that is limited.
        let is_over = || runtime.enter(all_tasks).is_empty();
        if !is_over() {
            runtime.run_until(is_over);
        }
    }
}
