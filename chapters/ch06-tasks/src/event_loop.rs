//! The loop: find out what came (messages, descriptors, timers), run what is ready, again.
//!
//! Invariant: a turn runs exactly what was ready when it began to run. What becomes ready
//! meanwhile waits for the next turn, so nothing starves anything else.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::time::Duration;

use trace::{Came, Clock, Observer, On};

use crate::join::{caught, message};
use crate::local::Locals;
use crate::promise::Awaited;
use crate::reactor::Reactor;
use crate::task::{Main, Wait};
use crate::timers::Timers;
use crate::wake::{Inbox, Message};
use crate::{Handle, Id, Task};

/// How long real sockets get to deliver before virtual time jumps.
const GRACE: Duration = Duration::from_millis(4);

/// The longest sleep in one piece; poll(2) doesn't take much more.
const DAY: Duration = Duration::from_hours(24);

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

/// What a loop could do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Something is ready.
    Now,
    /// Nothing before this time on its clock, but for a descriptor or another thread.
    At(Duration),
    /// Nothing before a descriptor is ready or another thread calls.
    Event,
    /// Nothing ever: each task has ended, or waits for what can't come.
    Never,
}

thread_local! {
    /// The loops that this thread is in, the innermost last.
    static ENTERED: RefCell<Vec<Rc<EventLoop>>> = const { RefCell::new(Vec::new()) };
}

impl EventLoop {
    /// The loop that runs here.
    pub(crate) fn current() -> Rc<Self> {
        ENTERED.with_borrow(|all| all.last().cloned()).expect("no running event loop")
    }

    /// The loop with this inbox, if this thread is in it.
    pub(crate) fn entered(inbox: &Arc<Inbox>) -> Option<Rc<Self>> {
        let is_meant = |it: &&Rc<Self>| Arc::ptr_eq(&it.inbox, inbox);
        let found = ENTERED.try_with(|all| all.borrow().iter().rfind(is_meant).cloned());
        found.ok().flatten()
    }

    /// Whether a turn is on, of any loop.
    pub(crate) fn is_running_here() -> bool {
        ENTERED.with_borrow(|all| all.iter().any(|it| it.running.get()))
    }

    /// Runs `inside` with this loop as the current one.
    pub(crate) fn enter<R>(self: &Rc<Self>, inside: impl FnOnce() -> R) -> R {
        struct Leave;
        impl Drop for Leave {
            fn drop(&mut self) {
                drop(ENTERED.with_borrow_mut(Vec::pop));
            }
        }
        ENTERED.with_borrow_mut(|all| all.push(self.clone()));
        let _leave = Leave;
        inside()
    }

    /// One turn. `may_wait`: until something is ready, if nothing is.
    pub(crate) fn turn(&self, main: &mut Option<Main<'_>>, may_wait: bool) {
        assert!(!self.running.replace(true), "a turn inside a turn of the same loop");
        self.observer.turn();
        self.look(may_wait);
        let count = self.ready.borrow().len();
        for _ in 0..count {
            self.run_next(main);
        }
        self.running.set(false);
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

    /// What could be done next.
    pub(crate) fn next(&self) -> Next {
        let deadline = self.timers.borrow().deadline();
        match deadline {
            _ if !self.ready.borrow().is_empty() => Next::Now,
            Some(deadline) if deadline <= self.clock.now() => Next::Now,
            Some(deadline) => Next::At(deadline),
            None if self.is_awaited() => Next::Event,
            None => Next::Never,
        }
    }

    /// Whether anybody outside can make something ready. Other threads are expected to
    /// hold a `Remote`; on the real clock it is enough if somebody holds a waker.
    fn is_awaited(&self) -> bool {
        let is_held = |task: &Rc<Task>| Arc::strong_count(&task.waker) > 1;
        let somebody_is =
            !self.clock.is_virtual() && self.tasks.borrow().values().any(is_held);
        // In this order: a waker sends its message before it lets go of the task's.
        somebody_is || self.inbox.expects() || self.reactor.watched() > 0
    }

    /// Finds out what came, after a wait if nothing is ready, and queues it.
    pub(crate) fn look(&self, may_wait: bool) {
        let next = self.next();
        let waits = may_wait && next != Next::Now && next != Next::Never;
        if waits {
            let deadline = self.timers.borrow().deadline();
            let timeout = deadline.map(|it| it.saturating_sub(self.clock.now()));
            let timers = self.timers.borrow().len();
            self.observer.waiting(timeout, timers, self.reactor.watched());
        }
        let mut came = if waits { Vec::new() } else { self.gather(Duration::ZERO) };
        while waits && came.is_empty() && self.next() != Next::Never {
            came = self.sleep();
        }
        if waits || !came.is_empty() {
            self.observer.ready(came);
        }
    }

    /// Waits until something comes, or some time. Virtual time jumps to the next timer,
    /// unless somebody outside still has something to say.
    fn sleep(&self) -> Vec<Came> {
        let now = self.clock.now();
        let deadline = self.timers.borrow().deadline();
        let jump = deadline.filter(|_| self.clock.is_virtual() && !self.inbox.expects());
        let time = match (jump, deadline) {
            (Some(_), _) if self.reactor.watched() == 0 => Duration::ZERO,
            (Some(_), _) => GRACE,
            (None, Some(deadline)) if !self.clock.is_virtual() => {
                deadline.saturating_sub(now)
            }
            _ => DAY,
        };
        let can_sleep = self.inbox.fall_asleep();
        let came = self.gather(if can_sleep { time.min(DAY) } else { Duration::ZERO });
        match jump {
            Some(deadline) if came.is_empty() => {
                self.clock.sleep_until(deadline);
                self.gather(Duration::ZERO)
            }
            _ => came,
        }
    }

    /// Queues what came: messages, then descriptors, then timers that are due.
    fn gather(&self, timeout: Duration) -> Vec<Came> {
        let ready = self.reactor.poll(timeout);
        let messages = self.inbox.take().into_iter();
        let mut came: Vec<_> = messages.filter_map(|it| self.hear(it)).collect();
        for (event, source, callbacks) in ready {
            came.push(event);
            for callback in callbacks {
                self.call_soon(self.acting_as(&source), callback);
            }
        }
        let now = self.clock.now();
        while let Some(timer) = { self.timers.borrow_mut().pop_due(now) } {
            came.push(Came::Timer(timer.0.owner.as_ref().to_owned()));
            self.push(Ready::Call(timer));
        }
        came
    }

    fn hear(&self, message: Message) -> Option<Came> {
        let from = "another thread";
        self.call_soon(self.acting_as(from), message?);
        Some(Came::Message(from.to_owned()))
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
    pub(crate) fn suspend(&self, on: On, awaited: Option<Rc<dyn Awaited>>) {
        if let Some(task) = &self.acting.borrow().task {
            task.wait.replace(Wait { on: Some(on), awaited });
        }
    }

    pub(crate) fn report(&self, what: &str) {
        let _ = caught(|| self.observer.around("callback", || (self.reporter)(what)));
    }

    /// Who waits for what, when nobody can go on.
    pub(crate) fn deadlock(&self) -> String {
        let tasks = self.tasks.borrow();
        let wait = |task: &Rc<Task>| match &task.wait.borrow().on {
            Some(On::Task(on) | On::Future(on)) => {
                format!("{} waits for {on}", task.name())
            }
            _ => format!("nobody will wake {}", task.name()),
        };
        format!("deadlock: {}", tasks.values().map(wait).collect::<Vec<_>>().join(", "))
    }
}
