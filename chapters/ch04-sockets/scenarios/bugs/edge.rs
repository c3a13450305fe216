//! A poller that tells what has changed, and not what is so: edge-triggered, as `epoll` is
//! on request. It tells once that more has come. Real ones do it in the system.
//!
//! Invariant: a descriptor is watched once and for good. It counts what can be received:
//! what comes in the same turn in which something was taken may go unnoticed.

use std::collections::BTreeMap;
use std::io;
use std::os::fd::{AsRawFd as _, RawFd};
use std::time::Duration;

use ch04_sockets::{Interest, Poller, Select, Source};
use nix::sys::socket::{MsgFlags, recv};

/// Everything that is watched, and how much was there when it last looked.
#[derive(Debug, Default)]
pub(crate) struct Edge(BTreeMap<RawFd, (Source, usize)>);

impl Poller for Edge {
    fn watch(&mut self, source: &Source, _: Interest) -> io::Result<()> {
        self.0.entry(source.as_raw_fd()).or_insert_with(|| (source.clone(), 0));
        Ok(())
    }

    fn wait(&mut self, timeout: Option<Duration>) -> io::Result<Vec<(RawFd, Interest)>> {
        let edges = self.edges();
        if !edges.is_empty() {
            return Ok(edges);
        }
        let mut empty = Select::default();
        for (source, _) in self.0.values().filter(|(_, there)| *there == 0) {
            empty.watch(source, Interest::READABLE)?;
        }
        empty.wait(timeout)?;
        Ok(self.edges())
    }
}

impl Edge {
    /// The descriptors at which there is more than before.
    fn edges(&mut self) -> Vec<(RawFd, Interest)> {
        let mut edges = Vec::new();
        for (&number, (_, before)) in &mut self.0 {
            let there = there(number);
            if there > std::mem::replace(before, there) {
                edges.push((number, Interest::READABLE));
            }
        }
        edges
    }
}

/// How many bytes can be received, as far as a look tells.
fn there(number: RawFd) -> usize {
    let look = MsgFlags::MSG_PEEK | MsgFlags::MSG_DONTWAIT;
    recv(number, &mut [0; 64], look).unwrap_or(0)
}
