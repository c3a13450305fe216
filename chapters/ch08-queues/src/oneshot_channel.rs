//! A channel for one value, from one task to another.
//!
//! Invariant: the receiver hears of the sender's end in any case: the value, or that there
//! will be none.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use ch06_tasks::{Promise, State};

struct Shared<T> {
    value: RefCell<Option<T>>,
    /// Whether the sender has sent, or is gone without.
    is_over: Cell<bool>,
    /// The one who can wait, so no line: set when it is over. None: nobody has waited.
    news: RefCell<Option<Promise<()>>>,
    /// Whether the receiver doesn't want a value any more.
    closed: Cell<bool>,
}

/// The end that sends.
pub struct Sender<T>(Rc<Shared<T>>);

/// The end that receives. Awaited it gives the value.
pub struct Receiver<T> {
    shared: Rc<Shared<T>>,
    news: Option<Promise<()>>,
}

/// The sender is gone without having sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecvError;

/// Why there is no value now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TryRecvError {
    /// Not yet.
    Empty,
    /// There will be none: it was got already, or the sender is gone.
    Closed,
}

/// The two ends of a channel.
#[must_use]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let (value, is_over) = (RefCell::new(None), Cell::new(false));
    let (news, closed) = (RefCell::new(None), Cell::new(false));
    let shared = Rc::new(Shared { value, is_over, news, closed });
    (Sender(shared.clone()), Receiver { shared, news: None })
}

impl<T> Sender<T> {
    /// Sends the value. It takes no time.
    ///
    /// # Errors
    /// Nobody wants it: here it is again.
    pub fn send(self, value: T) -> Result<(), T> {
        if self.is_closed() {
            return Err(value);
        }
        self.0.value.replace(Some(value));
        Ok(())
    }

    /// Whether nobody wants a value any more.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.0.closed.get()
    }
}

/// Also after `send`, which takes the sender.
impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.is_over.set(true);
        let news = self.0.news.take();
        news.map(|news| news.set(()));
    }
}

impl<T> Receiver<T> {
    /// The value, if it is there.
    ///
    /// # Errors
    /// It is not.
    pub fn try_recv(&mut self) -> Result<T, TryRecvError> {
        let missing = match self.shared.is_over.get() || self.shared.closed.get() {
            true => TryRecvError::Closed,
            false => TryRecvError::Empty,
        };
        self.shared.value.take().ok_or(missing)
    }

    /// Wants no value any more. One that was sent can still be got.
    pub fn close(&mut self) {
        self.shared.closed.set(true);
    }

    /// A promise that is still open: a cancel takes the one that its task awaits.
    fn news(&mut self) -> &mut Promise<()> {
        let is_open = |news: &Promise<()>| news.state() == State::Pending;
        let open = self.news.take().filter(is_open);
        let news = open.unwrap_or_else(|| Promise::new("an answer"));
        self.shared.news.replace(Some(news.clone()));
        self.news.insert(news)
    }
}

impl<T> Future for Receiver<T> {
    type Output = Result<T, RecvError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.try_recv() {
            Ok(value) => Poll::Ready(Ok(value)),
            Err(TryRecvError::Closed) => Poll::Ready(Err(RecvError)),
            Err(TryRecvError::Empty) => {
                Pin::new(self.news()).poll(cx).map(|_| Err(RecvError))
            }
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.close();
        let value = self.shared.value.take();
        drop(value);
    }
}

impl fmt::Display for RecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the sender is gone")
    }
}

impl fmt::Display for TryRecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TryRecvError::Empty => "nothing was sent yet",
            TryRecvError::Closed => "nothing will be sent",
        })
    }
}

impl std::error::Error for RecvError {}
impl std::error::Error for TryRecvError {}
