//! The poller for many: the system keeps the list, and names only those that are ready.
//! `epoll` on Linux and `kqueue` on macOS, through the crate `polling`.
//!
//! Invariant: what the system watches is open: `watched` holds it.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::os::fd::{AsRawFd as _, RawFd};
use std::time::Duration;

use polling::{Event, Events, PollMode};

use crate::{Interest, Poller, Source};

/// `epoll(7)` or `kqueue(2)`.
#[derive(Debug)]
pub struct Epoll {
    /// The system's list.
    poller: polling::Poller,
    /// What is on it, by number: the system doesn't keep descriptors open.
    watched: BTreeMap<RawFd, Source>,
    /// What the system doesn't take on its list, because it is always ready, such as a
    /// regular file. `select` says so of it, and so does this one.
    always: BTreeMap<RawFd, Interest>,
}

impl Epoll {
    /// An empty list.
    ///
    /// # Errors
    /// The system has no descriptor left for it.
    pub fn new() -> io::Result<Self> {
        let poller = polling::Poller::new()?;
        Ok(Epoll { poller, watched: BTreeMap::new(), always: BTreeMap::new() })
    }

    #[expect(
        unsafe_code,
        reason = "`polling` can't know how long a descriptor stays open"
    )]
    fn add(&mut self, source: &Source, event: Event) -> io::Result<()> {
        // SAFETY: `watched` keeps the descriptor open until it is deleted below.
        unsafe { self.poller.add_with_mode(source, event, PollMode::Level)? };
        self.watched.insert(source.as_raw_fd(), source.clone());
        Ok(())
    }
}

impl Poller for Epoll {
    fn watch(&mut self, source: &Source, interest: Interest) -> io::Result<()> {
        let number = source.as_raw_fd();
        let key = usize::try_from(number).expect("an open descriptor is not negative");
        let event = Event::new(key, interest.readable, interest.writable);
        self.always.remove(&number);
        match (self.watched.contains_key(&number), interest.is_none()) {
            (false, true) => Ok(()),
            (false, false) => match self.add(source, event) {
                Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                    self.always.insert(number, interest);
                    Ok(())
                }
                result => result,
            },
            (true, false) => self.poller.modify_with_mode(source, event, PollMode::Level),
            (true, true) => {
                self.poller.delete(source)?;
                self.watched.remove(&number);
                Ok(())
            }
        }
    }

    fn wait(&mut self, timeout: Option<Duration>) -> io::Result<Vec<(RawFd, Interest)>> {
        let timeout = if self.always.is_empty() { timeout } else { Some(Duration::ZERO) };
        let mut events = Events::new();
        self.poller.wait(&mut events, timeout)?;
        let always = self.always.iter().map(|(number, interest)| (*number, *interest));
        Ok(events.iter().map(ready).chain(always).collect())
    }
}

fn ready(event: Event) -> (RawFd, Interest) {
    let number = RawFd::try_from(event.key).expect("it was made from one");
    (number, Interest { readable: event.readable, writable: event.writable })
}

impl Drop for Epoll {
    /// Takes everything off the list, so that what is closed afterwards isn't on it.
    fn drop(&mut self) {
        for source in self.watched.values() {
            let _ = self.poller.delete(source);
        }
    }
}
