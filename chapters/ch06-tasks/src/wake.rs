//! Who wakes a task: this thread puts it into the ready queue, another into the inbox.
//!
//! Invariant: a wake polls nothing. And however many threads call, they interrupt one
//! sleep of the loop with one write.

use std::mem::take;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Wake, Waker};

use crate::{EventLoop, Id};

/// What a task's `Waker` points to. It keeps neither the task nor the loop alive.
pub(crate) struct TaskWaker {
    pub(crate) task: Id,
    /// The way in from other threads. It also says which loop is meant.
    pub(crate) inbox: Arc<Inbox>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let task = self.task;
        if let Some(event_loop) = EventLoop::entered(&self.inbox) {
            return event_loop.wake(task);
        }
        self.inbox.send(Some(Box::new(move || EventLoop::current().wake(task))));
    }
}

/// What another thread has to say: call this. Or nothing: a [`Remote`] is gone, look
/// again whether there is anything to wait for.
pub(crate) type Message = Option<Box<dyn FnOnce() + Send>>;

/// What the threads share, under one lock; nothing runs while it is held.
#[derive(Default)]
pub(crate) struct Inbox(Mutex<Letters>);

#[derive(Default)]
struct Letters {
    /// In order of arrival.
    messages: Vec<Message>,
    /// Whether the loop sleeps, or is about to: the next message must interrupt it.
    asleep: bool,
    /// How. None: the loop is gone.
    interrupt: Option<mio::Waker>,
    /// How many [`Remote`]s are out.
    remotes: usize,
    /// Who waits in [`Runtime::tick`](crate::Runtime::tick).
    ticking: Option<Waker>,
}

impl Inbox {
    /// A poisoned lock is sound: no step under it leaves anything half-done.
    fn lock(&self) -> MutexGuard<'_, Letters> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on messages interrupt a sleep; with none they are thrown away.
    pub(crate) fn interrupt(&self, interrupt: Option<mio::Waker>) {
        let before = take(&mut *self.lock());
        self.lock().interrupt = interrupt;
        drop(before);
    }

    /// Called from any thread.
    pub(crate) fn send(&self, message: Message) {
        let mut letters = self.lock();
        let Some(interrupt) = &letters.interrupt else { return };
        if letters.asleep {
            let _ = interrupt.wake();
        }
        letters.asleep = false;
        letters.messages.push(message);
        drop(letters);
        self.ticked();
    }

    /// The loop is about to sleep. False: it had better not, there is a message.
    pub(crate) fn fall_asleep(&self) -> bool {
        let mut letters = self.lock();
        letters.asleep = letters.messages.is_empty();
        letters.asleep
    }

    /// What came, in order, for a loop that is awake.
    pub(crate) fn take(&self) -> Vec<Message> {
        let mut letters = self.lock();
        letters.asleep = false;
        take(&mut letters.messages)
    }

    /// Whether another thread is expected to call.
    pub(crate) fn expects(&self) -> bool {
        let letters = self.lock();
        letters.remotes > 0 || !letters.messages.is_empty()
    }

    /// Has `waker` called when the next thing gets ready.
    pub(crate) fn tick(&self, waker: &Waker) {
        // The one before is dropped when the lock is free.
        let _before = self.lock().ticking.replace(waker.clone());
    }

    /// Something got ready.
    pub(crate) fn ticked(&self) {
        let ticking = self.lock().ticking.take();
        ticking.into_iter().for_each(Waker::wake);
    }
}

/// A way into a loop from other threads. While one is out the loop expects a call: it
/// doesn't give up for want of work, and virtual time stands still.
pub struct Remote(Arc<Inbox>);

impl Remote {
    /// Into the loop that runs here.
    #[expect(clippy::new_without_default, reason = "not every thread has a loop")]
    pub fn new() -> Self {
        let inbox = EventLoop::current().inbox.clone();
        inbox.lock().remotes += 1;
        Remote(inbox)
    }

    /// Has `callback` called on the loop's thread; never, if that loop is gone.
    pub fn call_soon_threadsafe(&self, callback: impl FnOnce() + Send + 'static) {
        self.0.send(Some(Box::new(callback)));
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        let mut letters = self.0.lock();
        letters.remotes = letters.remotes.saturating_sub(1);
        drop(letters);
        self.0.send(None);
    }
}
