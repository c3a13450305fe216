//! Who sleeps until when, as a heap: the first deadline is at hand, and setting a timer
//! moves a few others instead of all.
//!
//! Invariant: equal deadlines come out in the order in which they went in. A heap alone
//! doesn't promise that; the sequence number does.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::time::Duration;

/// Items by deadline, the earliest first.
#[derive(Debug)]
pub struct Timers<T> {
    /// The entries. `BinaryHeap` has its greatest on top, so [`Entry`] orders backwards.
    heap: BinaryHeap<Entry<T>>,
    /// The next entry's sequence number.
    next: u64,
}

/// One item, and what decides its place.
#[derive(Debug)]
struct Entry<T> {
    /// When it is due.
    deadline: Duration,
    /// Its place among those due at the same time.
    sequence: u64,
    /// What is due. It has no say in the order, and needs none.
    item: T,
}

impl<T> Timers<T> {
    /// No timers.
    #[must_use]
    pub fn new() -> Self {
        Timers { heap: BinaryHeap::new(), next: 0 }
    }

    /// Sets a timer: `item` is due at `deadline`.
    pub fn push(&mut self, deadline: Duration, item: T) {
        let sequence = self.next;
        self.next += 1;
        self.heap.push(Entry { deadline, sequence, item });
    }

    /// Takes the earliest out.
    pub fn pop(&mut self) -> Option<(Duration, T)> {
        self.heap.pop().map(|entry| (entry.deadline, entry.item))
    }

    /// The earliest deadline.
    #[must_use]
    pub fn first(&self) -> Option<Duration> {
        self.heap.peek().map(|entry| entry.deadline)
    }

    /// How many are set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.heap.len()
    }

    /// Whether none is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }
}

impl<T> Default for Timers<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Ord for Entry<T> {
    /// Backwards: the earliest entry is the greatest.
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |entry: &Self| (entry.deadline, entry.sequence);
        key(other).cmp(&key(self))
    }
}

impl<T> PartialOrd for Entry<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> PartialEq for Entry<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<T> Eq for Entry<T> {}
