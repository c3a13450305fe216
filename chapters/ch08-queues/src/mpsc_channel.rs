//! Channels from many senders to one receiver. A full one makes its senders wait: that is
//! back-pressure.
//!
//! A channel is a queue with two ends that can go: two semaphores, and each end closes
//! what the other waits for.
//!
//! Invariant: what was sent is received, in the order of sending, even after the last
//! sender is gone; unless the receiver goes first.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;

use crate::{Semaphore, SemaphorePermit, TryAcquireError};

struct Shared<T> {
    /// What was sent and not received.
    values: RefCell<VecDeque<T>>,
    /// A permit for each value; and the receiver, if it waits for one. Closed when there
    /// will be no more.
    sent: Semaphore,
    /// A permit for each free place; and who waits for one. Closed by the receiver.
    room: Semaphore,
    /// How many senders there are.
    senders: Cell<usize>,
}

/// The end that sends. Clones send to the same receiver.
pub struct Sender<T>(Rc<Shared<T>>);

/// The end that sends, where there is always room.
pub struct UnboundedSender<T>(Sender<T>);

/// The end that receives.
pub struct Receiver<T>(Rc<Shared<T>>);

/// The end that receives: the same, with or without a bound.
pub type UnboundedReceiver<T> = Receiver<T>;

/// The receiver is gone: here is the value again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendError<T>(pub T);

/// Why the value, which is here again, can't be sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrySendError<T> {
    /// There is no room.
    Full(T),
    /// The receiver is gone.
    Closed(T),
}

/// Why there is nothing to receive now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TryRecvError {
    /// Not yet.
    Empty,
    /// All senders are gone, and all that they sent was received.
    Disconnected,
}

/// A channel with room for `buffer` values.
///
/// # Panics
/// For a buffer of 0.
#[must_use]
pub fn channel<T>(buffer: usize) -> (Sender<T>, Receiver<T>) {
    assert!(buffer > 0, "a channel without room");
    let shared = Rc::new(Shared {
        values: RefCell::default(),
        sent: Semaphore::new(0).named("a value in a channel"),
        room: Semaphore::bounded(buffer).named("room in a channel"),
        senders: Cell::new(1),
    });
    (Sender(shared.clone()), Receiver(shared))
}

/// A channel with room for all that is sent. It grows as long as more is sent than
/// received.
#[must_use]
pub fn unbounded_channel<T>() -> (UnboundedSender<T>, UnboundedReceiver<T>) {
    let (sender, receiver) = channel(Semaphore::MAX_PERMITS);
    (UnboundedSender(sender), receiver)
}

impl<T> Sender<T> {
    /// Sends a value; waits in line for room. Dropped meanwhile, it has sent nothing.
    ///
    /// # Errors
    /// The receiver is gone.
    pub async fn send(&self, value: T) -> Result<(), SendError<T>> {
        let place = self.0.room.acquire().await;
        // It may have been closed between the wake and this turn.
        let Some(place) = place.ok().filter(|_| !self.is_closed()) else {
            return Err(SendError(value));
        };
        place.forget();
        self.push(value);
        Ok(())
    }

    /// Sends a value, if there is room that nobody waits for.
    ///
    /// # Errors
    /// It can't be sent now, or ever.
    pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
        match self.0.room.try_acquire() {
            Err(TryAcquireError::NoPermits) => return Err(TrySendError::Full(value)),
            Err(TryAcquireError::Closed) => return Err(TrySendError::Closed(value)),
            Ok(place) => place.forget(),
        }
        self.push(value);
        Ok(())
    }

    fn push(&self, value: T) {
        self.0.values.borrow_mut().push_back(value);
        self.0.sent.add_permits(1);
    }

    /// Whether the receiver is gone.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.0.room.is_closed()
    }
}

impl<T> UnboundedSender<T> {
    /// Sends a value. It never waits, so it is no `async fn`.
    ///
    /// # Errors
    /// The receiver is gone.
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        self.0.try_send(value).map_err(|error| match error {
            TrySendError::Full(value) | TrySendError::Closed(value) => SendError(value),
        })
    }

    /// Whether the receiver is gone.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.0.is_closed()
    }
}

impl<T> Receiver<T> {
    /// The next value; waits for one. None: there will be no more. Dropped meanwhile, it
    /// has received nothing.
    pub async fn recv(&mut self) -> Option<T> {
        let one = self.0.sent.acquire().await;
        // Closed: what was sent before may still be there.
        one.into_iter().for_each(SemaphorePermit::forget);
        self.pop()
    }

    /// The next value, if one is there.
    ///
    /// # Errors
    /// None is.
    pub fn try_recv(&mut self) -> Result<T, TryRecvError> {
        match self.0.sent.try_acquire() {
            Err(TryAcquireError::NoPermits) => return Err(TryRecvError::Empty),
            Err(TryAcquireError::Closed) => {}
            Ok(one) => one.forget(),
        }
        self.pop().ok_or(TryRecvError::Disconnected)
    }

    fn pop(&mut self) -> Option<T> {
        let value = self.0.values.borrow_mut().pop_front()?;
        self.0.room.add_permits(1);
        Some(value)
    }

    /// Lets nothing more in. What was sent can still be received.
    pub fn close(&mut self) {
        self.0.room.close();
        self.0.sent.close();
    }

    /// How many values are there.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.values.borrow().len()
    }

    /// Whether no value is there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.senders.update(|n| n + 1);
        Sender(self.0.clone())
    }
}

impl<T> Clone for UnboundedSender<T> {
    fn clone(&self) -> Self {
        UnboundedSender(self.0.clone())
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.senders.update(|n| n - 1);
        if self.0.senders.get() == 0 {
            self.0.sent.close();
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.close();
        let values = self.0.values.take();
        drop(values);
    }
}

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the receiver is gone")
    }
}

impl<T> fmt::Display for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TrySendError::Full(_) => "the channel is full",
            TrySendError::Closed(_) => "the receiver is gone",
        })
    }
}

impl fmt::Display for TryRecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TryRecvError::Empty => "nothing was sent yet",
            TryRecvError::Disconnected => "all senders are gone",
        })
    }
}

impl<T: fmt::Debug> std::error::Error for SendError<T> {}
impl<T: fmt::Debug> std::error::Error for TrySendError<T> {}
impl std::error::Error for TryRecvError {}
