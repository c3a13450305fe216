//! A choice between several channels: whichever has something.
//!
//! It polls a `recv` of each, in an order, and drops the rest when one is ready. That
//! loses nothing: a `recv` takes its value in the very poll that returns it, and one that
//! is dropped before gives back what it was given.
//!
//! Invariant: one value is taken, or none.

use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use ch06_tasks::{sleep, waits_for};

use crate::mpsc::Receiver;

/// Channels to receive from, and whose turn it is.
pub struct Choice<'a, T> {
    /// In order of priority.
    channels: Vec<&'a mut Receiver<T>>,
    /// Where the next look begins; none: always at the first.
    next: Option<usize>,
}

/// A value, and the number of the channel that it came from. None: all are at their end.
type Received<T> = Option<(usize, T)>;

/// Nothing came in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed;

impl<'a, T> Choice<'a, T> {
    /// The first channel that has something. One that always has keeps the others out.
    #[must_use]
    pub fn by_priority(channels: Vec<&'a mut Receiver<T>>) -> Self {
        Choice { channels, next: None }
    }

    /// Taking turns: the search begins behind the channel that was served last.
    #[must_use]
    pub fn fair(channels: Vec<&'a mut Receiver<T>>) -> Self {
        Choice { channels, next: Some(0) }
    }

    /// The next value, with its channel's number; waits for one. None: all channels are
    /// at their end.
    pub async fn recv(&mut self) -> Option<(usize, T)> {
        let mut waits = self.waits();
        let received = poll_fn(|cx| poll_first(&mut waits, cx)).await;
        drop(waits);
        self.took(received)
    }

    /// The same, but waits no longer than `timeout`.
    ///
    /// # Errors
    /// Nothing came in time.
    pub async fn recv_timeout(
        &mut self,
        timeout: Duration,
    ) -> Result<Option<(usize, T)>, Elapsed> {
        let mut waits = self.waits();
        let mut alarm = pin!(sleep(timeout));
        let received = poll_fn(|cx| match poll_first(&mut waits, cx) {
            Poll::Ready(received) => Poll::Ready(Ok(received)),
            Poll::Pending => alarm.as_mut().poll(cx).map(|()| Err(Elapsed)),
        });
        let received = received.await;
        drop(waits);
        received.map(|received| self.took(received))
    }

    /// The next value, if one is there: otherwise none.
    pub fn try_recv(&mut self) -> Option<(usize, T)> {
        let mut channels = self.in_order();
        let received = channels
            .iter_mut()
            .find_map(|(i, channel)| channel.try_recv().ok().map(|value| (*i, value)));
        self.took(received)
    }

    /// The channels with their numbers, in the order in which they are looked at.
    fn in_order(&mut self) -> Vec<(usize, &mut Receiver<T>)> {
        let start = self.next.unwrap_or(0);
        let channels = self.channels.iter_mut().map(|channel| &mut **channel);
        let mut channels: Vec<_> = channels.enumerate().collect();
        channels.rotate_left(start);
        channels
    }

    fn waits(&mut self) -> Vec<Wait<'_, T>> {
        let channels = self.in_order().into_iter();
        channels.map(|(i, channel)| (i, Box::pin(channel.recv()) as _)).collect()
    }

    fn took(&mut self, received: Received<T>) -> Received<T> {
        if let (Some((i, _)), Some(next)) = (&received, &mut self.next) {
            *next = (i + 1) % self.channels.len();
        }
        received
    }
}

/// A channel's number, and a wait for its next value.
type Wait<'a, T> = (usize, Pin<Box<dyn Future<Output = Option<T>> + 'a>>);

/// Polls each in order. One at its end is not asked again.
fn poll_first<T>(
    waits: &mut Vec<Wait<'_, T>>,
    cx: &mut Context<'_>,
) -> Poll<Received<T>> {
    let mut at = 0;
    while at < waits.len() {
        let (number, wait) = &mut waits[at];
        match wait.as_mut().poll(cx) {
            Poll::Ready(Some(value)) => return Poll::Ready(Some((*number, value))),
            Poll::Ready(None) => drop(waits.remove(at)),
            Poll::Pending => at += 1,
        }
    }
    if waits.is_empty() {
        return Poll::Ready(None);
    }
    waits_for("a choice");
    Poll::Pending
}

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing came in time")
    }
}

impl std::error::Error for Elapsed {}
