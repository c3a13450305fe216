//! What is due when. Stage 2's heap gave up its first entry only; a timer that is
//! cancelled leaves from the middle, so the entries stand in an ordered map.
//!
//! Invariant: equal deadlines come out in the order in which they went in, and a
//! cancelled timer leaves nothing behind.

use std::collections::BTreeMap;
use std::time::Duration;

/// Items by deadline, the earliest first.
pub(crate) struct Timers<T> {
    entries: BTreeMap<Key, T>,
    /// The next entry's sequence number.
    next: u64,
}

/// An entry's place: its deadline, then its sequence number.
pub(crate) type Key = (Duration, u64);

impl<T> Timers<T> {
    /// No timers.
    pub(crate) fn new() -> Self {
        Timers { entries: BTreeMap::new(), next: 0 }
    }

    /// Sets a timer: `item` is due at `deadline`.
    pub(crate) fn push(&mut self, deadline: Duration, item: T) -> Key {
        let key = (deadline, self.next);
        self.next += 1;
        self.entries.insert(key, item);
        key
    }

    /// Takes the earliest out, if it is due.
    pub(crate) fn pop_due(&mut self, now: Duration) -> Option<T> {
        let first = self.entries.first_entry()?;
        (first.key().0 <= now).then(|| first.remove())
    }

    /// Gives one up, wherever it stands.
    pub(crate) fn remove(&mut self, key: Key) -> Option<T> {
        self.entries.remove(&key)
    }

    /// When the earliest is due.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        self.entries.first_key_value().map(|((deadline, _), _)| *deadline)
    }

    /// How many are set.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}
