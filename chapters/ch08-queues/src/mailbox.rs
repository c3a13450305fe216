//! A mailbox: messages in order, and an answer when one was dealt with. That a message has
//! arrived says nothing about the work; the acknowledgement is given by who did it, at the
//! last hop.
//!
//! Invariant: who asked hears of its message exactly once: done, or lost.

use std::fmt;
use std::ops::Deref;

use crate::{mpsc, oneshot};

/// Where messages of a mailbox are sent to. Clones are the same address.
pub struct Address<T>(mpsc::Sender<Envelope<T>>);

/// Where they arrive.
pub struct Mailbox<T>(mpsc::Receiver<Envelope<T>>);

/// A message, and who wants to hear when it was dealt with. It can be passed on, with its
/// message changed or not: the duty to answer goes with it.
#[must_use = "dropped without `ack`, the message is reported lost"]
pub struct Envelope<T> {
    message: T,
    done: Option<oneshot::Sender<()>>,
}

/// Nobody will deal with the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost;

impl<T> Mailbox<T> {
    /// Empty, with room for `capacity` messages; and its address.
    ///
    /// # Panics
    /// For a capacity of 0.
    #[must_use]
    pub fn new(capacity: usize) -> (Address<T>, Self) {
        let (sender, receiver) = mpsc::channel(capacity);
        (Address(sender), Mailbox(receiver))
    }

    /// The next message; waits for one. None: nobody has the address any more.
    pub async fn recv(&mut self) -> Option<Envelope<T>> {
        self.0.recv().await
    }
}

impl<T> Address<T> {
    /// Sends a message; waits for room, not for the work.
    ///
    /// # Errors
    /// The mailbox is gone.
    pub async fn tell(&self, message: T) -> Result<(), Lost> {
        self.pass(Envelope { message, done: None }).await
    }

    /// Sends a message, and waits until somebody has dealt with it.
    ///
    /// # Errors
    /// The mailbox is gone, or whoever had the message dropped it.
    pub async fn ask(&self, message: T) -> Result<(), Lost> {
        let (done, answer) = oneshot::channel();
        self.pass(Envelope { message, done: Some(done) }).await?;
        answer.await.map_err(|_| Lost)
    }

    /// Passes a message on that somebody else sent.
    ///
    /// # Errors
    /// As [`tell`](Self::tell).
    pub async fn pass(&self, envelope: Envelope<T>) -> Result<(), Lost> {
        self.0.send(envelope).await.map_err(|_| Lost)
    }
}

impl<T> Envelope<T> {
    /// Says that the message was dealt with, and takes it out.
    pub fn ack(self) -> T {
        // Who asked may have given up on it.
        self.done.map(|done| done.send(()));
        self.message
    }

    /// The same duty, for another message.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Envelope<U> {
        Envelope { message: change(self.message), done: self.done }
    }
}

impl<T> Deref for Envelope<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.message
    }
}

impl<T> Clone for Address<T> {
    fn clone(&self) -> Self {
        Address(self.0.clone())
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the message was lost")
    }
}

impl std::error::Error for Lost {}
