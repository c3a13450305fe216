//! Who waits for which descriptor, and for what: the part of a loop that turns readiness
//! into "you can go on".
//!
//! Invariant: the poller watches a descriptor for exactly what somebody waits for.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::io;
use std::os::fd::{AsRawFd as _, RawFd};
use std::time::Duration;

use trace::Came;

use crate::{Interest, Poller, Source};

/// Everyone who waits for a descriptor. `T` is whatever stands for one of them.
pub struct Reactor<T> {
    /// Asks the system.
    poller: Box<dyn Poller>,
    /// The descriptors that somebody waits for, by number.
    waiting: BTreeMap<RawFd, Waiting<T>>,
    /// How many have asked so far: the next one's place in line.
    asked: u64,
}

/// Who waits for one descriptor. Readers and writers don't get in each other's way; in
/// each line the first goes on when its turn comes.
struct Waiting<T> {
    source: Source,
    readers: VecDeque<(u64, T)>,
    writers: VecDeque<(u64, T)>,
}

impl<T> Reactor<T> {
    /// Nobody waits yet.
    #[must_use]
    pub fn new(poller: Box<dyn Poller>) -> Self {
        Reactor { poller, waiting: BTreeMap::new(), asked: 0 }
    }

    /// How many descriptors are waited for.
    #[must_use]
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether nobody waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Puts `item` in line for `source`.
    ///
    /// # Errors
    /// The poller refuses the descriptor. Nobody is in line then, and `item` is dropped.
    pub fn wait_for(
        &mut self,
        source: &Source,
        interest: Interest,
        item: T,
    ) -> io::Result<()> {
        let number = source.as_raw_fd();
        let waiting = self.waiting.entry(number).or_insert_with(|| Waiting::new(source));
        let mut wanted = waiting.interest();
        wanted.readable |= interest.readable;
        wanted.writable |= interest.writable;
        if let Err(error) = self.poller.watch(source, wanted) {
            self.forget_if_unused(number);
            return Err(error);
        }
        self.asked += 1;
        let line =
            if interest.readable { &mut waiting.readers } else { &mut waiting.writers };
        line.push_back((self.asked, item));
        Ok(())
    }

    /// Waits for `timeout` at most. Gives everyone who can go on, in the order in which
    /// they asked, and takes them out of line.
    ///
    /// # Errors
    /// As [`Poller::wait`].
    pub fn poll(&mut self, timeout: Option<Duration>) -> io::Result<Vec<(Came, T)>> {
        let mut ready = Vec::new();
        for readiness in self.poller.wait(timeout)? {
            let Some(waiting) = self.waiting.get_mut(&readiness.number) else { continue };
            ready.extend(waiting.take(readiness.interest));
            let (source, wanted) = (waiting.source.clone(), waiting.interest());
            self.poller.watch(&source, wanted)?;
            self.forget_if_unused(readiness.number);
        }
        ready.sort_by_key(|(asked, ..)| *asked);
        Ok(ready.into_iter().map(|(_, came, item)| (came, item)).collect())
    }

    fn forget_if_unused(&mut self, number: RawFd) {
        if self.waiting.get(&number).is_some_and(|waiting| waiting.interest().is_none()) {
            self.waiting.remove(&number);
        }
    }
}

impl<T> Waiting<T> {
    fn new(source: &Source) -> Self {
        let (readers, writers) = (VecDeque::new(), VecDeque::new());
        Waiting { source: source.clone(), readers, writers }
    }

    /// What somebody waits for.
    fn interest(&self) -> Interest {
        Interest {
            readable: !self.readers.is_empty(),
            writable: !self.writers.is_empty(),
        }
    }

    /// Takes the first of each line that is ready.
    fn take(&mut self, ready: Interest) -> impl Iterator<Item = (u64, Came, T)> + use<T> {
        let name = self.source.name().to_owned();
        let line = |is_ready, line: &mut VecDeque<_>| {
            if is_ready { line.pop_front() } else { None }
        };
        let reader = line(ready.readable, &mut self.readers);
        let writer = line(ready.writable, &mut self.writers);
        let came = name.clone();
        let reader = reader.map(|(asked, item)| (asked, Came::Readable(came), item));
        let writer = writer.map(|(asked, item)| (asked, Came::Writable(name), item));
        reader.into_iter().chain(writer)
    }
}

impl<T> fmt::Debug for Reactor<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reactor").field("len", &self.len()).finish_non_exhaustive()
    }
}
