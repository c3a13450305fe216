//! A line of tasks that wait for the same thing: the one waiter list of this chapter.
//!
//! Each waits on a [`Promise`] of its own, and to be served is to have it set. So who is
//! served is decided when it happens, and not when the task runs: whatever changes in
//! between, an `Event` cleared again for instance, the served task goes on.
//!
//! Invariant: nothing is given to a task that is gone. What was given to one that goes
//! before it runs is given back.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use ch06_tasks::{Promise, State};

/// Those who wait, by arrival.
pub(crate) struct Line {
    /// What they wait for, in a trace's words.
    pub(crate) name: String,
    /// By number of arrival, the first at the front. Who is served leaves at once, and
    /// not when its task runs: so nobody is served twice. One whose task was cancelled
    /// is passed over.
    waiters: RefCell<BTreeMap<u64, Waiter>>,
    /// The next arrival's number.
    next: Cell<u64>,
}

/// One who waits, as the line sees it.
struct Waiter {
    /// How much it waits for.
    need: usize,
    served: Promise<Served>,
}

/// How a wait ends.
#[derive(Clone, Copy)]
enum Served {
    /// With so much given; 0 where there is nothing to give back.
    With(usize),
    /// What was waited for won't come.
    SentAway,
}

/// The line was closed: what was waited for won't come.
pub(crate) struct Closed;

/// One who waits, as its task sees it. Dropped it leaves the line.
struct Place<'a, F: Fn(usize)> {
    line: &'a Line,
    number: u64,
    served: Promise<Served>,
    /// Takes back what was given and never used.
    give_back: F,
    /// Whether the task has come back to use it.
    is_over: bool,
}

impl Line {
    pub(crate) fn new(name: &str) -> Self {
        Line { name: name.to_owned(), waiters: RefCell::default(), next: Cell::new(0) }
    }

    /// Goes to the end of the line until served, with `need` by [`serve`](Self::serve),
    /// with nothing by [`serve_all`](Self::serve_all). Dropped meanwhile, calls
    /// `give_back` with what it got, 0 if that was nothing.
    pub(crate) async fn wait(
        &self,
        need: usize,
        give_back: impl Fn(usize),
    ) -> Result<(), Closed> {
        let number = self.next.replace(self.next.get() + 1);
        let served = self.stand(number, need);
        let mut place = Place { line: self, number, served, give_back, is_over: false };
        loop {
            match place.served.clone().await {
                Ok(served) => return place.leave(served),
                // A cancel took the promise, and was caught elsewhere in this task.
                Err(_) => place.served = self.stand(number, need),
            }
        }
    }

    /// A promise at this place in the line.
    fn stand(&self, number: u64, need: usize) -> Promise<Served> {
        let served = Promise::new(&self.name);
        let waiter = Waiter { need, served: served.clone() };
        self.waiters.borrow_mut().insert(number, waiter);
        served
    }

    /// Serves from the front, as long as `supply` lasts. One who needs much isn't passed
    /// by others who need less. Returns what is left.
    pub(crate) fn serve(&self, mut supply: usize) -> usize {
        while let Some((number, need)) = self.first().filter(|it| it.1 <= supply) {
            supply -= need;
            self.let_go(number, Served::With(need));
        }
        supply
    }

    /// Serves everybody who waits now, without giving anything that could be given back.
    pub(crate) fn serve_all(&self) {
        while let Some((number, _)) = self.first() {
            self.let_go(number, Served::With(0));
        }
    }

    /// Sends everybody away.
    pub(crate) fn close(&self) {
        while let Some((number, _)) = self.first() {
            self.let_go(number, Served::SentAway);
        }
    }

    /// The first who still waits: its number and its need. Those before it are gone.
    fn first(&self) -> Option<(u64, usize)> {
        let mut waiters = self.waiters.borrow_mut();
        while let Some(first) = waiters.first_entry() {
            if first.get().is_here() {
                return Some((*first.key(), first.get().need));
            }
            first.remove();
        }
        None
    }

    fn let_go(&self, number: u64, how: Served) {
        let waiter = self.waiters.borrow_mut().remove(&number);
        waiter.map(|waiter| waiter.served.set(how));
    }

    /// Whether nobody waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.first().is_none()
    }

    /// How many wait.
    pub(crate) fn len(&self) -> usize {
        self.waiters.borrow().values().filter(|waiter| waiter.is_here()).count()
    }
}

impl Waiter {
    fn is_here(&self) -> bool {
        self.served.state() == State::Pending
    }
}

impl<F: Fn(usize)> Place<'_, F> {
    /// The end of a wait that was not given up.
    fn leave(mut self, served: Served) -> Result<(), Closed> {
        self.is_over = true;
        match served {
            Served::With(_) => Ok(()),
            Served::SentAway => Err(Closed),
        }
    }
}

impl<F: Fn(usize)> Drop for Place<'_, F> {
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        self.line.waiters.borrow_mut().remove(&self.number);
        match self.served.result() {
            Some(Ok(Served::With(given))) => (self.give_back)(given),
            _ => (self.give_back)(0),
        }
    }
}
