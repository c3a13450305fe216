//! A heap that compares deadlines and nothing else. Five tasks are due at the same time,
//! all the time; each gives way after every turn. Two of them get no turn until the other
//! three have ended: the reason for the sequence number in [`ch02_sleep::Timers`].

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::time::Duration;

use trace::{Setting, say};

/// Due at `deadline`, for as many more turns as it has `left`.
struct Due {
    deadline: Reverse<Duration>,
    name: char,
    left: u32,
}

impl Ord for Due {
    fn cmp(&self, other: &Self) -> Ordering {
        self.deadline.cmp(&other.deadline)
    }
}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Due {}

pub(crate) fn run(_: &Setting) {
    let deadline = Reverse(Duration::ZERO);
    let mut heap: BinaryHeap<_> =
        ('a'..='e').map(|name| Due { deadline, name, left: 3 }).collect();
    while let Some(due) = heap.pop() {
        say!("{}", due.name);
        if due.left > 1 {
            heap.push(Due { left: due.left - 1, ..due });
        }
    }
}
