//! What a future leaves with the loop: a waker, and a place to note that it was called.
//! And what the loop tells the futures it polls: whose turn it is.
//!
//! Invariant: the waker is the one of the latest poll. An earlier one may belong to a
//! task that has handed the future on.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::Waker;

use trace::On;

thread_local! {
    /// The task that is polled, and what it waits for as far as somebody has said.
    static CURRENT: RefCell<Option<(String, Option<On>)>> = const { RefCell::new(None) };
}

/// An entry in one of the loop's queues. The future has a clone.
#[derive(Debug)]
pub(crate) struct Wakeup {
    /// The task that waits, for traces.
    task: String,
    /// Whom to wake.
    waker: RefCell<Waker>,
    /// Whether what was waited for has come.
    has_come: Cell<bool>,
}

impl Wakeup {
    /// For the task that is polled now.
    pub(crate) fn new(waker: &Waker) -> Rc<Self> {
        let task = current_task().unwrap_or_else(|| "main".to_owned());
        let (waker, has_come) = (RefCell::new(waker.clone()), Cell::new(false));
        Rc::new(Wakeup { task, waker, has_come })
    }

    /// The task that waits, for traces.
    pub(crate) fn task(&self) -> &str {
        &self.task
    }

    /// At each further poll: whether it has come. If not, `waker` is the one to call.
    pub(crate) fn has_come(&self, waker: &Waker) -> bool {
        self.waker.borrow_mut().clone_from(waker);
        self.has_come.get()
    }

    /// It has come.
    pub(crate) fn wake(&self) {
        self.has_come.set(true);
        self.waker.borrow().wake_by_ref();
    }
}

/// Runs `poll` as a poll of `task`: its result, and what the task waits for if it said.
pub(crate) fn as_task<T>(task: &str, poll: impl FnOnce() -> T) -> (T, Option<On>) {
    let before = CURRENT.replace(Some((task.to_owned(), None)));
    let result = poll();
    let current = CURRENT.replace(before);
    (result, current.and_then(|(_, on)| on))
}

/// For the trace: what the task that is polled waits for. The innermost future says it.
pub(crate) fn waits_for(on: On) {
    CURRENT.with_borrow_mut(|current| {
        if let Some((_, said)) = current {
            *said = Some(on);
        }
    });
}

/// Who is polled.
pub(crate) fn current_task() -> Option<String> {
    CURRENT.with_borrow(|current| current.as_ref().map(|(task, _)| task.clone()))
}
