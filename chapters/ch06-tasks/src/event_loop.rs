//! The loop: find out what came, run what is ready, again.
//!
//! Invariant: a turn runs exactly what was ready when it began to run. What becomes ready
//! meanwhile waits for the next turn, so nothing starves anything else.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::mem::ManuallyDrop;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use trace::{Clock, Observer};

use crate::join::{caught, finally, message};
use crate::local::Locals;
use crate::reactor::Reactor;
use crate::task::{Main, Wait};
use crate::timers::Timers;
use crate::wake::Inbox;
use crate::{Handle, Id, Task};

/// What a runtime is made of.
pub(crate) struct EventLoop {
    pub(crate) clock: Clock,
    /// Told of everything that happens.
    pub(crate) observer: Observer,
    /// Told, in a sentence, what nobody else would hear of.
    pub(crate) reporter: Box<dyn Fn(&str)>,
    /// What is to run, the next one first.
    pub(crate) ready: RefCell<VecDeque<Ready>>,
    /// The tasks that have not ended, in the order of spawning.
    pub(crate) tasks: RefCell<BTreeMap<Id, Rc<Task>>>,
    /// What is due later.
    pub(crate) timers: RefCell<Timers<Handle>>,
    /// Who waits for descriptors. Sources hold on to it.
    pub(crate) reactor: Rc<Reactor>,
    /// What other threads say. Wakers hold on to it.
    pub(crate) inbox: Arc<Inbox>,
    /// Who acts.
    pub(crate) acting: RefCell<Acting>,
    /// Whether a turn is on.
    pub(crate) running: Cell<bool>,
    /// How many tasks there were, and how many of them got a number for a name.
    pub(crate) spawned: Cell<u64>,
    pub(crate) unnamed: Cell<u64>,
    pub(crate) this: Weak<EventLoop>,
}

/// Something to run.
pub(crate) enum Ready {
    Task(Rc<Task>),
    Call(Handle),
}

/// Who acts: on whose behalf code runs.
#[derive(Clone)]
pub(crate) struct Acting {
    /// None in a callback, and outside the loop.
    pub(crate) task: Option<Rc<Task>>,
    /// In the trace's words.
    pub(crate) name: Rc<str>,
    pub(crate) locals: Locals,
}

thread_local! {
    /// The loops that this thread is in, the innermost last. Never destroyed: a runtime
    /// in another thread-local is dropped when the thread has ended.
    static ENTERED: ManuallyDrop<RefCell<Vec<Rc<EventLoop>>>> =
        const { ManuallyDrop::new(RefCell::new(Vec::new())) };
}

impl EventLoop {
    /// The loop that runs here.
    pub(crate) fn current() -> Rc<Self> {
        ENTERED.with(|all| all.borrow().last().cloned()).expect("no running event loop")
    }

    /// The loop with this inbox, if this thread is in it.
    pub(crate) fn entered(inbox: &Arc<Inbox>) -> Option<Rc<Self>> {
        let is_meant = |it: &&Rc<Self>| Arc::ptr_eq(&it.inbox, inbox);
        ENTERED.with(|all| all.borrow().iter().rfind(is_meant).cloned())
    }

    /// Whether a turn is on, of any loop.
    pub(crate) fn is_running_here() -> bool {
        ENTERED.with(|all| all.borrow().iter().any(|it| it.running.get()))
    }

    /// Runs `inside` with this loop as the current one.
    pub(crate) fn enter<R>(self: &Rc<Self>, inside: impl FnOnce() -> R) -> R {
        ENTERED.with(|all| all.borrow_mut().push(self.clone()));
        finally(inside, || drop(ENTERED.with(|all| all.borrow_mut().pop())))
    }

    /// One turn. `may_wait`: until something is ready, if nothing is.
    pub(crate) fn turn(&self, main: &mut Option<Main<'_>>, may_wait: bool) {
        self.alone(|| {
            self.observer.turn();
            self.look(may_wait);
            let count = self.ready.borrow().len();
            for _ in 0..count {
                self.run_next(main);
            }
        });
    }

    /// Runs a turn, or what else takes from the queue: one at a time.
    pub(crate) fn alone<R>(&self, run: impl FnOnce() -> R) -> R {
        assert!(!self.running.replace(true), "a turn inside a turn of the same loop");
        finally(run, || self.running.set(false))
    }

    /// Runs the first in the queue. False: there is none.
    pub(crate) fn run_next(&self, main: &mut Option<Main<'_>>) -> bool {
        let next = self.ready.borrow_mut().pop_front();
        match &next {
            Some(Ready::Task(task)) => self.step(task, main),
            Some(Ready::Call(handle)) => self.call(handle),
            None => {}
        }
        next.is_some()
    }

    /// Puts something at the end of the queue.
    pub(crate) fn push(&self, ready: Ready) {
        self.ready.borrow_mut().push_back(ready);
        self.inbox.ticked();
    }

    /// Calls a callback. If it panics, that is reported, and the loop goes on.
    fn call(&self, handle: &Handle) {
        let Some(callback) = handle.take() else { return };
        let call = || self.observer.around("callback", || caught(callback));
        if let (Err(panic), _) = self.act(handle.0.acts_as.clone(), call) {
            self.report(&format!("a callback panicked: {}", message(&*panic)));
        }
    }

    /// No task, but with the locals of who acts now.
    pub(crate) fn acting_as(&self, name: &str) -> Acting {
        let locals = self.acting.borrow().locals.clone();
        Acting { task: None, name: name.into(), locals }
    }

    /// Runs `act` on behalf of `who`; returns also what became of their locals.
    pub(crate) fn act<R>(&self, who: Acting, act: impl FnOnce() -> R) -> (R, Locals) {
        let before = self.acting.replace(who);
        let result = act();
        (result, self.acting.replace(before).locals)
    }

    /// Notes what the current task waits for: said by a leaf future when it is pending.
    /// Returns that task.
    pub(crate) fn suspend(&self, wait: Wait) -> Option<Rc<Task>> {
        let task = self.acting.borrow().task.clone()?;
        task.wait.replace(wait);
        Some(task)
    }

    /// Says what nobody else would hear of.
    pub(crate) fn report(&self, what: &str) {
        let _ = caught(|| self.observer.around("loop", || (self.reporter)(what)));
    }
}
