//! Who waits for which descriptor, and for what: the part of a loop that turns readiness
//! into "you can go on".
//!
//! Invariant: the poller watches a descriptor for exactly what somebody waits for.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::os::fd::{AsRawFd as _, RawFd};
use std::time::Duration;

use trace::Came;

use crate::{Interest, Poller, Source};

/// Everyone who waits for a descriptor. `T` is whatever stands for one of them.
#[derive(Debug)]
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
#[derive(Debug)]
struct Waiting<T> {
    source: Source,
    readers: VecDeque<Asked<T>>,
    writers: VecDeque<Asked<T>>,
}

/// Somebody in line: as which of all who asked, what will have come, and who it is.
type Asked<T> = (u64, Came, T);

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
        let waiting = self.waiting.get(&number);
        let mut wanted = waiting.map_or(Interest::default(), Waiting::interest);
        wanted.readable |= interest.readable;
        wanted.writable |= interest.writable;
        self.poller.watch(source, wanted)?;
        self.asked += 1;
        let waiting = self.waiting.entry(number).or_insert_with(|| Waiting::new(source));
        waiting.push(self.asked, interest, item);
        Ok(())
    }

    /// Waits for `timeout` at most. Gives everyone who can go on, in the order in which
    /// they asked, and takes them out of line.
    ///
    /// # Errors
    /// As [`Poller::wait`].
    pub fn poll(&mut self, timeout: Option<Duration>) -> io::Result<Vec<(Came, T)>> {
        let mut ready = Vec::new();
        for (number, interest) in self.poller.wait(timeout)? {
            let Some(waiting) = self.waiting.get_mut(&number) else { continue };
            ready.extend(waiting.take(interest));
            let wanted = waiting.interest();
            self.poller.watch(&waiting.source, wanted)?;
            if wanted.is_none() {
                self.waiting.remove(&number);
            }
        }
        ready.sort_by_key(|(asked, ..)| *asked);
        Ok(ready.into_iter().map(|(_, came, item)| (came, item)).collect())
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

    /// Puts `item` at the end of its line.
    fn push(&mut self, asked: u64, interest: Interest, item: T) {
        let name = self.source.name().to_owned();
        match interest.readable {
            true => self.readers.push_back((asked, Came::Readable(name), item)),
            false => self.writers.push_back((asked, Came::Writable(name), item)),
        }
    }

    /// Takes the first of each line that is ready.
    fn take(&mut self, ready: Interest) -> impl Iterator<Item = Asked<T>> + use<T> {
        let reader = ready.readable.then(|| self.readers.pop_front()).flatten();
        let writer = ready.writable.then(|| self.writers.pop_front()).flatten();
        reader.into_iter().chain(writer)
    }
}
