//! A promise: a value that will be set once, by anybody, and awaited by many. It is
//! asyncio's `Future` and JavaScript's `Promise`; `Future` is the name of the trait here.
//! All leaf futures are made of it: a timer sets it, a descriptor, the end of a task.
//!
//! Invariant: it is pending, then finished or cancelled, and never changes again. Those
//! who wait are told in the order in which they asked, none of them at once: tasks are
//! queued, callbacks are called in the next turn.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, Waker};

use trace::On;

use crate::event_loop::Acting;
use crate::task::Wait;
use crate::{Cancelled, EventLoop, Id};

/// A value to come. Clones are the same promise, each with an await of its own.
pub struct Promise<T: 'static> {
    shared: Rc<Shared<T>>,
    /// Its place among those who wait, if it was polled.
    place: Option<u64>,
}

/// How far a promise or a task is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Not done.
    #[default]
    Pending,
    /// Somebody gave up on it.
    Cancelled,
    /// It has what it was for.
    Finished,
}

/// What the clones have in common.
struct Shared<T: 'static> {
    /// What a task that awaits it waits for.
    on: On,
    /// Where callbacks are called.
    event_loop: Weak<EventLoop>,
    state: Cell<State>,
    /// What it came to; a task's value is taken out by who awaits the task.
    result: RefCell<Option<Result<T, Cancelled>>>,
    /// Who is to be told, by arrival.
    waiters: RefCell<BTreeMap<u64, Waiter<T>>>,
    /// The last arrival's number.
    last: Cell<u64>,
}

enum Waiter<T: 'static> {
    /// A task of the promise's own loop. Its waker is not kept: a waker that is held
    /// means that somebody else may call it.
    Task(Id),
    Wake(Waker),
    /// With the task-local values of who asked.
    Call(Callback<T>, Acting),
}

type Callback<T> = Box<dyn FnOnce(&Promise<T>)>;

/// What a task awaits, as a cancel sees it.
pub(crate) trait Awaited {
    /// False: it has ended.
    fn cancel(&self, why: &Cancelled) -> bool;
    fn state(&self) -> State;
}

impl<T> Promise<T> {
    /// A pending one; it appears in traces as `name`.
    pub fn new(name: &str) -> Self {
        Self::on(On::Future(name.to_owned()), &EventLoop::current())
    }

    pub(crate) fn on(on: On, event_loop: &EventLoop) -> Self {
        let (event_loop, state) = (event_loop.this.clone(), Cell::default());
        let (result, waiters, last) = Default::default();
        let shared = Rc::new(Shared { on, event_loop, state, result, waiters, last });
        Promise { shared, place: None }
    }

    /// How far it is.
    pub fn state(&self) -> State {
        self.shared.state.get()
    }

    /// Sets it.
    ///
    /// # Errors
    /// It is not pending any more: here is the value again.
    pub fn set(&self, value: T) -> Result<(), T> {
        if self.state() != State::Pending {
            return Err(value);
        }
        self.settle(State::Finished, Ok(value));
        Ok(())
    }

    /// Gives up on it: who awaits it gets `Err(Cancelled)`. False: it was done.
    pub fn cancel(&self) -> bool {
        Awaited::cancel(self, &Cancelled::default())
    }

    /// Has `callback` called in the turn after it is done; if it is, in the next one; if
    /// the runtime is gone, never. Returns the callback's number.
    pub fn add_done_callback(&self, callback: impl FnOnce(&Self) + 'static) -> u64 {
        let Some(event_loop) = self.shared.event_loop.upgrade() else { return 0 };
        let acts_as = event_loop.acting_as("callback");
        let number = self.wait(None, Waiter::Call(Box::new(callback), acts_as));
        if self.state() != State::Pending {
            self.tell();
        }
        number
    }

    /// Forgets a callback. False: it is on its way, or was removed before.
    pub fn remove_done_callback(&self, number: u64) -> bool {
        // Its destructor may use this promise.
        let removed = self.shared.waiters.borrow_mut().remove(&number);
        removed.is_some()
    }

    /// What it came to; none while it is pending.
    pub fn result(&self) -> Option<Result<T, Cancelled>>
    where
        T: Clone,
    {
        self.shared.result.borrow().clone()
    }

    /// Takes that out: for the one who awaits a task.
    pub(crate) fn take(&self) -> Option<Result<T, Cancelled>> {
        self.shared.result.take()
    }

    /// Puts a waiter into its place in the line, or at the end.
    fn wait(&self, place: Option<u64>, waiter: Waiter<T>) -> u64 {
        self.shared.last.update(|n| n + 1);
        let place = place.unwrap_or(self.shared.last.get());
        let before = self.shared.waiters.borrow_mut().insert(place, waiter);
        drop(before);
        place
    }

    fn settle(&self, state: State, result: Result<T, Cancelled>) {
        self.shared.state.set(state);
        self.shared.result.replace(Some(result));
        self.tell();
    }

    /// Everybody who waits goes to the back of the ready queue.
    fn tell(&self) {
        let Some(event_loop) = self.shared.event_loop.upgrade() else { return };
        let tell = |waiter| match waiter {
            Waiter::Task(id) => event_loop.wake(id),
            Waiter::Wake(waker) => waker.wake(),
            Waiter::Call(callback, acts_as) => {
                let promise = self.clone();
                event_loop.call_soon(acts_as, Box::new(move || callback(&promise)));
            }
        };
        event_loop.enter(|| self.shared.waiters.take().into_values().for_each(tell));
    }

    /// Ready when it is done. Otherwise the task has to `wait`.
    pub(crate) fn poll_done(&mut self, cx: &mut Context<'_>, wait: Wait) -> Poll<()> {
        if self.state() != State::Pending {
            return Poll::Ready(());
        }
        let event_loop = self.shared.event_loop.upgrade();
        let task = event_loop.and_then(|it| it.suspend(wait));
        let waiter = match task.filter(|task| task.is_own(cx.waker())) {
            Some(task) => Waiter::Task(task.id),
            None => Waiter::Wake(cx.waker().clone()),
        };
        self.place = Some(self.wait(self.place, waiter));
        Poll::Pending
    }
}

impl<T> Awaited for Promise<T> {
    fn cancel(&self, why: &Cancelled) -> bool {
        let is_pending = self.state() == State::Pending;
        if is_pending {
            self.settle(State::Cancelled, Err(why.clone()));
        }
        is_pending
    }

    fn state(&self) -> State {
        self.state()
    }
}

impl<T: Clone> Future for Promise<T> {
    type Output = Result<T, Cancelled>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let on = self.shared.on.clone();
        // A sleep, or a wait for a descriptor, is nobody else's: it is just dropped.
        let is_shared = matches!(on, On::Future(_));
        let awaited = is_shared.then(|| Rc::new(self.clone()) as Rc<dyn Awaited>);
        let done = self.poll_done(cx, Wait { on: Some(on), awaited });
        done.map(|()| self.result().expect("nobody takes it out"))
    }
}

impl<T> Clone for Promise<T> {
    fn clone(&self) -> Self {
        Promise { shared: self.shared.clone(), place: None }
    }
}

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        self.place.map(|place| self.shared.waiters.borrow_mut().remove(&place));
    }
}
