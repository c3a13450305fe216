//! hyper's traits: what a runtime must offer for hyper to run on it. Bytes, tasks, time.
//!
//! Invariant: nothing here knows HTTP, and nothing else in this crate knows hyper.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::time::{Duration, Instant};

use ch06_tasks::{Handle, call_later, now, spawn};
use futures_io::{AsyncRead, AsyncWrite};
use hyper::rt::{Executor, Read, ReadBufCursor, Sleep, Timer, Write};

/// A stream, as hyper wants it.
pub struct HyperIo<S>(pub S);

/// Spawns what hyper wants to run beside a connection.
#[derive(Clone, Copy, Debug, Default)]
pub struct HyperExecutor;

/// Tells hyper when time has passed.
#[derive(Clone, Copy, Debug, Default)]
pub struct HyperTimer;

impl<S: AsyncRead + Unpin> Read for HyperIo<S> {
    /// hyper's buffer may be uninitialised, which only unsafe code could fill; so the
    /// bytes go through one of ours.
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let mut bytes = [0; 8 * 1024];
        let room = buffer.remaining().min(bytes.len());
        let stream = Pin::new(&mut self.0);
        let count = ready!(stream.poll_read(cx, &mut bytes[..room]))?;
        buffer.put_slice(&bytes[..count]);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> Write for HyperIo<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write_vectored(cx, pieces)
    }

    /// hyper then keeps a head and a body apart, and copies neither.
    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_close(cx)
    }
}

impl<F: Future<Output: 'static> + 'static> Executor<F> for HyperExecutor {
    fn execute(&self, future: F) {
        drop(spawn(future));
    }
}

impl Timer for HyperTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        Box::pin(Alarm::new(duration))
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        self.sleep(deadline.saturating_duration_since(self.now()))
    }

    fn now(&self) -> Instant {
        START.with(|start| *start + now())
    }
}

/// A sleep that hyper may send to other threads, which chapter 6's can't be. So the timer
/// stays with the loop's thread, in a table, and the alarm has its number.
struct Alarm {
    number: u64,
    shared: Arc<Mutex<Ring>>,
}

/// Whether it rang, and whom to wake.
#[derive(Default)]
struct Ring(bool, Option<Waker>);

thread_local! {
    /// What hyper's clock shows where the loop's shows zero. Only differences count, so
    /// any moment will do; with it hyper's time is the loop's, virtual time too.
    #[expect(clippy::disallowed_methods, reason = "an `Instant` can't be had otherwise")]
    static START: Instant = Instant::now();

    /// The timers of this thread's alarms, and the last number given.
    static TIMERS: RefCell<(u64, BTreeMap<u64, Handle>)> = RefCell::default();
}

impl Alarm {
    fn new(duration: Duration) -> Self {
        let shared = Arc::new(Mutex::new(Ring::default()));
        let ring = shared.clone();
        let timer = call_later(duration, move || ring_at(&ring));
        TIMERS.with_borrow_mut(|(last, timers)| {
            *last += 1;
            timers.insert(*last, timer);
            Alarm { number: *last, shared }
        })
    }
}

fn ring_at(ring: &Mutex<Ring>) {
    let mut ring = ring.lock().unwrap_or_else(PoisonError::into_inner);
    ring.0 = true;
    let waker = ring.1.take();
    drop(ring);
    if let Some(waker) = waker {
        waker.wake();
    }
}

impl Future for Alarm {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut ring = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        ring.1 = Some(cx.waker().clone());
        if ring.0 { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Sleep for Alarm {}

impl Drop for Alarm {
    fn drop(&mut self) {
        // On another thread this finds nothing: the timer rings, and wakes nobody.
        let timer = TIMERS.try_with(|it| it.borrow_mut().1.remove(&self.number));
        if let Ok(Some(timer)) = timer {
            timer.cancel();
        }
    }
}
