//! Queues between tasks: first in first out, last in first out, or the smallest first.
//!
//! A queue is two semaphores and a shelf. One counts what is on the shelf, the other the
//! room that is left: who gets takes of the first and adds to the second, who puts the
//! other way round. Fairness, and what becomes of a task that was woken and cancelled,
//! are theirs.
//!
//! Invariant: an item that was put is got by one task, or is still there.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::fmt;
use std::marker::PhantomData;

use crate::Semaphore;
use crate::line::Line;

/// A queue of items that tasks put and get, as asyncio's; which is next is up to `S`.
pub struct Queue<T, S: Shelf<T> = VecDeque<T>> {
    /// What was put and not got.
    shelf: RefCell<S>,
    /// A permit for each item on the shelf; and who waits for one.
    items: Semaphore,
    /// A permit for each free place; and who waits for one.
    room: Semaphore,
    capacity: usize,
    /// How many items were put, and not yet said to be done.
    unfinished: Cell<usize>,
    /// Who waits for all of them to be done. Nothing is given, so all are served at once.
    joining: Line,
    item: PhantomData<T>,
}

/// The smallest item is next. Which of two equal ones is not said.
pub type PriorityQueue<T> = Queue<T, SmallestFirst<T>>;

/// The last item put is next.
pub type LifoQueue<T> = Queue<T, Vec<T>>;

/// Where a queue keeps its items.
pub trait Shelf<T>: Default {
    /// Puts one there.
    fn put(&mut self, item: T);
    /// Takes the next.
    fn take(&mut self) -> Option<T>;
}

/// A shelf that gives the smallest item: the heap of `std` gives the greatest.
pub struct SmallestFirst<T>(BinaryHeap<Reverse<T>>);

/// There is nothing to get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueEmpty;

/// There is no room: here is the item again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueFull<T>(pub T);

impl<T> Queue<T> {
    /// First in, first out, with room for `capacity` items.
    ///
    /// # Panics
    /// For a capacity of 0: nothing could be put.
    #[must_use]
    pub fn bounded(capacity: usize) -> Self {
        Self::with_capacity(capacity)
    }

    /// First in, first out, with room for all that is put. It grows as long as more is
    /// put than got.
    #[must_use]
    pub fn unbounded() -> Self {
        Self::default()
    }
}

/// Unbounded.
impl<T, S: Shelf<T>> Default for Queue<T, S> {
    fn default() -> Self {
        Self::with_capacity(Semaphore::MAX_PERMITS)
    }
}

impl<T, S: Shelf<T>> Queue<T, S> {
    /// Of any kind, with room for `capacity` items.
    ///
    /// # Panics
    /// For a capacity of 0.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        assert!(capacity > 0, "a queue without room");
        Queue {
            shelf: RefCell::default(),
            items: Semaphore::new(0).named("an item"),
            room: Semaphore::bounded(capacity).named("room in a queue"),
            capacity,
            unfinished: Cell::new(0),
            joining: Line::new("the end of the work"),
            item: PhantomData,
        }
    }

    /// The same; in a trace tasks are suspended on an item "of `name`", or room "in" it.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.items = self.items.named(&format!("an item of {name}"));
        self.room = self.room.named(&format!("room in {name}"));
        self
    }

    /// Puts an item; waits in line for room if it is full.
    pub async fn put(&self, item: T) {
        let place = self.room.acquire().await.expect("it is never closed");
        place.forget();
        self.add(item);
    }

    /// Puts an item, if there is room that nobody waits for.
    ///
    /// # Errors
    /// There is none: here is the item again.
    pub fn try_put(&self, item: T) -> Result<(), QueueFull<T>> {
        match self.room.try_acquire() {
            Err(_) => return Err(QueueFull(item)),
            Ok(place) => place.forget(),
        }
        self.add(item);
        Ok(())
    }

    fn add(&self, item: T) {
        self.unfinished.update(|n| n + 1);
        self.shelf.borrow_mut().put(item);
        self.items.add_permits(1);
    }

    /// Gets the next item; waits in line if there is none.
    pub async fn get(&self) -> T {
        let item = self.items.acquire().await.expect("it is never closed");
        item.forget();
        self.remove()
    }

    /// Gets the next item, if there is one that nobody waits for.
    ///
    /// # Errors
    /// There is none.
    pub fn try_get(&self) -> Result<T, QueueEmpty> {
        self.items.try_acquire().map_err(|_| QueueEmpty)?.forget();
        Ok(self.remove())
    }

    fn remove(&self) -> T {
        let item = self.shelf.borrow_mut().take();
        self.room.add_permits(1);
        item.expect("a permit stands for an item")
    }

    /// Says that an item that was got is done with.
    ///
    /// # Panics
    /// If it is said more often than items were put.
    pub fn task_done(&self) {
        let left = self.unfinished.get().checked_sub(1);
        self.unfinished.set(left.expect("task_done() called too many times"));
        if left == Some(0) {
            self.joining.serve_all();
        }
    }

    /// Waits until all items that were put are done with.
    pub async fn join(&self) {
        if self.unfinished.get() > 0 {
            let _ = self.joining.wait(1, drop).await;
        }
    }

    /// How many items are there, without those that a woken task is about to get.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.available_permits()
    }

    /// Whether there is nothing to get.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether there is no room.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.room.available_permits() == 0
    }

    /// How many items it has room for, in all.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.capacity
    }
}

impl<T> Shelf<T> for VecDeque<T> {
    fn put(&mut self, item: T) {
        self.push_back(item);
    }

    fn take(&mut self) -> Option<T> {
        self.pop_front()
    }
}

impl<T> Shelf<T> for Vec<T> {
    fn put(&mut self, item: T) {
        self.push(item);
    }

    fn take(&mut self) -> Option<T> {
        self.pop()
    }
}

impl<T: Ord> Shelf<T> for SmallestFirst<T> {
    fn put(&mut self, item: T) {
        self.0.push(Reverse(item));
    }

    fn take(&mut self) -> Option<T> {
        self.0.pop().map(|Reverse(item)| item)
    }
}

impl<T: Ord> Default for SmallestFirst<T> {
    fn default() -> Self {
        SmallestFirst(BinaryHeap::new())
    }
}

impl fmt::Display for QueueEmpty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the queue is empty")
    }
}

impl<T> fmt::Display for QueueFull<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the queue is full")
    }
}

impl std::error::Error for QueueEmpty {}
impl<T: fmt::Debug> std::error::Error for QueueFull<T> {}
