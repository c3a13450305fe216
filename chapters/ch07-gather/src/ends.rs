//! The ends of tasks, in order of completion: what all combinators of tasks wait for.
//!
//! A task's end is news to a callback, in the next turn; the callback wakes whoever waits
//! here, one turn later. Two ends in one turn are found in one look.
//!
//! Invariant: each end is reported once, even if nobody waits at the time.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use ch06_tasks::{JoinHandle, Promise};

/// What ended. Clones are the same.
#[derive(Clone)]
pub(crate) struct Ends(Rc<Shared>);

struct Shared {
    /// What the waiting task waits for, in a trace's words.
    name: &'static str,
    /// Numbers of tasks that ended, not yet reported.
    ended: RefCell<VecDeque<usize>>,
    /// Who waits, if somebody does: one task.
    waiter: RefCell<Option<Promise<()>>>,
}

impl Ends {
    pub(crate) fn new(name: &'static str) -> Self {
        let (ended, waiter) = (RefCell::default(), RefCell::default());
        Ends(Rc::new(Shared { name, ended, waiter }))
    }

    /// Ends of `tasks`, numbered from 0.
    pub(crate) fn of<T>(name: &'static str, tasks: &[JoinHandle<T>]) -> Self {
        let ends = Ends::new(name);
        for (number, task) in tasks.iter().enumerate() {
            ends.watch(task, number);
        }
        ends
    }

    /// Reports the end of `task`, as `number`.
    pub(crate) fn watch<T>(&self, task: &JoinHandle<T>, number: usize) {
        let ends = self.clone();
        task.promise().add_done_callback(move |_| ends.push(number));
    }

    fn push(&self, number: usize) {
        self.0.ended.borrow_mut().push_back(number);
        if let Some(waiter) = self.0.waiter.take() {
            let _ = waiter.set(());
        }
    }

    /// The next that ended, if one did.
    pub(crate) fn try_next(&self) -> Option<usize> {
        self.0.ended.borrow_mut().pop_front()
    }

    /// The next that ended; waits for it. At least one must be left to end.
    pub(crate) async fn next(&self) -> usize {
        loop {
            if let Some(number) = self.try_next() {
                return number;
            }
            let promise = Promise::new(self.0.name);
            self.0.waiter.replace(Some(promise.clone()));
            let _ = promise.await;
        }
    }

    /// Waits for `count` ends.
    pub(crate) async fn skip(&self, count: usize) {
        for _ in 0..count {
            self.next().await;
        }
    }
}
