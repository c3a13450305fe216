//! What the loop does with tasks: spawn, wake, step, finish.
//!
//! Invariant: a task that has not ended is in `tasks`, and in the ready queue at most
//! once. Its future is dropped here, on this thread, exactly once.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;

use trace::{How, On};

use crate::cancel::CancelState;
use crate::event_loop::{Acting, Ready};
use crate::join::{Outcome, caught};
use crate::task::{Body, Complete, Main, Step, Wait};
use crate::timers::Timers;
use crate::wake::TaskWaker;
use crate::{EventLoop, Id, JoinError, JoinHandle, State, Task};

/// Takes on `future` as a task. It first runs in the next turn, behind what is ready.
pub fn spawn<T: 'static>(future: impl Future<Output = T> + 'static) -> JoinHandle<T> {
    EventLoop::current().spawn(None, future)
}

/// As [`spawn`], under a name.
pub fn spawn_named<T: 'static>(
    name: &str,
    future: impl Future<Output = T> + 'static,
) -> JoinHandle<T> {
    EventLoop::current().spawn(Some(name), future)
}

/// The task that runs; none in a callback.
pub fn current_task() -> Option<Rc<Task>> {
    EventLoop::current().acting.borrow().task.clone()
}

/// The tasks that have not ended, in the order of spawning.
pub fn all_tasks() -> Vec<Rc<Task>> {
    EventLoop::current().tasks.borrow().values().cloned().collect()
}

/// Says, in a trace, what the current task waits for: for a leaf future of one's own, at
/// the place where it is pending.
pub fn waits_for(name: &str) {
    let on = Some(On::Future(name.to_owned()));
    EventLoop::current().suspend(Wait { on, awaited: None });
}

impl EventLoop {
    /// Takes on a task; `done` is called at its end.
    pub(crate) fn add(&self, name: Option<&str>, body: Body, done: Complete) -> Rc<Task> {
        self.spawned.update(|n| n + 1);
        let id = Id(self.spawned.get());
        let task = Rc::new(Task {
            id,
            name: RefCell::new(name.map_or_else(|| self.default_name(), Rc::from)),
            event_loop: self.this.clone(),
            waker: Arc::new(TaskWaker { task: id, inbox: self.inbox.clone() }),
            body: RefCell::new(body),
            complete: Cell::new(Some(done)),
            queued: Cell::new(true),
            state: Cell::default(),
            wait: RefCell::default(),
            locals: RefCell::new(self.acting.borrow().locals.clone()),
            cancel: CancelState::default(),
        });
        self.observer.spawned(&task.name());
        self.tasks.borrow_mut().insert(id, task.clone());
        self.push(Ready::Task(task.clone()));
        task
    }

    fn default_name(&self) -> Rc<str> {
        self.unnamed.update(|n| n + 1);
        format!("Task-{}", self.unnamed.get()).into()
    }

    /// Queues a task, unless it is queued or has ended.
    pub(crate) fn wake(&self, id: Id) {
        let Some(task) = self.tasks.borrow().get(&id).cloned() else { return };
        if task.queued.replace(true) {
            return;
        }
        let acting = self.acting.borrow().clone();
        // One that wakes itself only gives way.
        if acting.task.as_ref().is_none_or(|it| it.id != id) {
            self.observer.woken(&task.name(), &acting.name);
        }
        self.push(Ready::Task(task));
    }

    /// A task's turn: to its next suspension, or to its end.
    pub(crate) fn step(&self, task: &Rc<Task>, main: &mut Option<Main<'_>>) {
        // First: a wake during the poll must queue it again.
        task.queued.set(false);
        if task.is_finished() {
            return;
        }
        let is_thrown = task.throw();
        if let Some(error) = task.stopped() {
            return self.close(task, error);
        }
        match is_thrown {
            true => self.observer.resumed_with(&task.name(), "a cancel"),
            false => self.observer.resumed(&task.name()),
        }
        let Poll::Ready(end) = self.run(task, main) else { return self.suspended(task) };
        let how = end.as_ref().map_or_else(|it| it.how.clone(), |()| How::Returned(None));
        self.observer.finished(&task.name(), how);
        self.finish(task, end);
    }

    /// Runs a task's own code, the destructors of its future included.
    fn run(&self, task: &Rc<Task>, main: &mut Option<Main<'_>>) -> Step {
        task.wait.take();
        let mut body = task.body.take();
        self.act_as(task, || {
            let step = caught(|| task.resume(&mut body, main))
                .unwrap_or_else(|it| Poll::Ready(Err(JoinError::panicked(task, it))));
            match step {
                Poll::Pending => drop(task.body.replace(body)),
                Poll::Ready(_) => drop(caught(|| drop(body))),
            }
            step
        })
    }

    fn act_as<R>(&self, task: &Rc<Task>, act: impl FnOnce() -> R) -> R {
        let (name, locals) = (task.name(), task.locals.take());
        let who = Acting { task: Some(task.clone()), name, locals };
        let (result, locals) = self.act(who, act);
        task.locals.replace(locals);
        result
    }

    fn suspended(&self, task: &Task) {
        let unsaid = || match task.queued.get() {
            true => On::Turn,
            false if task.is_held() => On::Future("whoever has its waker".to_owned()),
            false => On::Nothing,
        };
        let on = task.wait.borrow_mut().on.get_or_insert_with(unsaid).clone();
        self.observer.suspended(&task.name(), on);
    }

    /// Drops the future of a task where it is suspended, or has not begun.
    pub(crate) fn close(&self, task: &Rc<Task>, error: JoinError) {
        let body = task.body.take();
        let drop = || caught(|| drop(body));
        let _ = self.act_as(task, || self.observer.around(&task.name(), drop));
        self.observer.ended(&task.name(), error.how.clone());
        self.finish(task, Err(error));
    }

    /// The end of a task: nothing of it stays here, and its result is handed on.
    fn finish(&self, task: &Task, end: Outcome<()>) {
        let is_cancelled = end.as_ref().is_err_and(JoinError::is_cancelled);
        task.state.set(if is_cancelled { State::Cancelled } else { State::Finished });
        let _ = caught(|| drop((task.wait.take(), task.locals.take())));
        self.tasks.borrow_mut().remove(&task.id);
        if let Some(complete) = task.complete.take() {
            let complete = || caught(|| complete(end));
            let _ = self.act(self.acting_as(&task.name()), complete);
        }
    }

    /// The end of the runtime: every future is dropped, and whatever else would run.
    pub(crate) fn close_all(&self) {
        loop {
            let calls = || drop((self.timers.replace(Timers::new()), self.ready.take()));
            let _ = caught(calls);
            let first = self.tasks.borrow().values().next().cloned();
            let Some(task) = first else { break };
            self.report(&format!("{} was dropped before its end", task.name()));
            self.close(&task, JoinError::new(&task, How::Closed));
        }
        self.inbox.interrupt(None);
    }
}
