//! The one place where the program waits, as an interface of two calls.
//!
//! Invariant: a poller tells what is so now (level-triggered). Whoever is told and does
//! nothing about it is told again.

use std::fmt;
use std::io;
use std::os::fd::RawFd;
use std::time::Duration;

use crate::Source;

/// Waits for many descriptors at once.
pub trait Poller: fmt::Debug {
    /// From now on, watches `source` for `interest`, and for nothing else. No interest:
    /// forgets it. What can't be waited for, such as a regular file, is always ready.
    ///
    /// # Errors
    /// The system can't watch this descriptor: the message says which and why.
    fn watch(&mut self, source: &Source, interest: Interest) -> io::Result<()>;

    /// Waits until something that is watched is ready, for `timeout` at most (`None`: for
    /// as long as it takes). Gives the numbers of those that are ready, and for which of
    /// the things that they are watched for; an error makes a descriptor ready for all.
    /// Nothing: the timeout has passed.
    ///
    /// # Errors
    /// `Interrupted`, if a signal came first: the call is worth making again, for the
    /// time that is left. Otherwise what the system reports about the call itself.
    fn wait(&mut self, timeout: Option<Duration>) -> io::Result<Vec<(RawFd, Interest)>>;
}

/// What a descriptor is watched for, or ready for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interest {
    /// Something to read, a connection to accept, or the end.
    pub readable: bool,
    /// Room to write, or a connection made.
    pub writable: bool,
}

impl Interest {
    /// To read.
    pub const READABLE: Interest = Interest { readable: true, writable: false };
    /// To write.
    pub const WRITABLE: Interest = Interest { readable: false, writable: true };

    /// Nothing.
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Interest::default()
    }
}
