//! The runtime as a program sees it: made, given futures to run, shut down.
//!
//! Invariant: when it is dropped every future that it owned has been dropped, on this
//! thread. Handles, promises, sources and wakers may outlive it, and do nothing.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::io;
use std::os::fd::{AsRawFd, RawFd};
use std::panic::resume_unwind;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;

use trace::{Clock, How, Observer};

use crate::event_loop::Acting;
use crate::join::finally;
use crate::reactor::Reactor;
use crate::task::Main;
use crate::timers::Timers;
use crate::wake::Inbox;
use crate::{EventLoop, JoinError, JoinHandle, Next, all_tasks, call_soon};

/// A loop and its tasks. It belongs to one thread. Dropping it drops the tasks that have
/// not ended; each is reported.
pub struct Runtime(Rc<EventLoop>);

/// What a runtime is made with.
#[must_use]
pub struct Builder {
    clock: Clock,
    observer: Observer,
    reporter: Box<dyn Fn(&str)>,
}

impl Builder {
    /// The real clock, nobody who watches, and reports that go where `say!` goes.
    #[expect(clippy::new_without_default, reason = "as in Tokio")]
    pub fn new() -> Self {
        let reporter = Box::new(|report: &str| trace::printed(report));
        Builder { clock: Clock::real_time(), observer: Observer::none(), reporter }
    }

    /// Asks `clock` for the time.
    pub fn clock(self, clock: &Clock) -> Self {
        Builder { clock: clock.clone(), ..self }
    }

    /// Tells `observer` what happens.
    pub fn observer(self, observer: &Observer) -> Self {
        Builder { observer: observer.clone(), ..self }
    }

    /// Tells `handler`, in a sentence, what nobody else would hear of: the panic of a
    /// callback, or of a task that nobody asked about; a task dropped before its end.
    pub fn exception_handler(self, handler: impl Fn(&str) + 'static) -> Self {
        Builder { reporter: Box::new(handler), ..self }
    }

    /// Makes the runtime.
    ///
    /// # Errors
    /// The operating system has no descriptor left for it.
    pub fn build(self) -> io::Result<Runtime> {
        let (reactor, inbox) = (Reactor::new()?, Inbox::default());
        let interrupt = mio::Waker::new(reactor.poll.borrow().registry(), mio::Token(0))?;
        inbox.interrupt(Some(interrupt));
        let acting = Acting { task: None, name: "outside".into(), locals: Rc::default() };
        Ok(Runtime(Rc::new_cyclic(|this| EventLoop {
            clock: self.clock,
            observer: self.observer,
            reporter: self.reporter,
            ready: RefCell::default(),
            tasks: RefCell::default(),
            timers: RefCell::new(Timers::new()),
            reactor: Rc::new(reactor),
            inbox: Arc::new(inbox),
            acting: RefCell::new(acting),
            running: Cell::new(false),
            spawned: Cell::new(0),
            unnamed: Cell::new(0),
            this: this.clone(),
        })))
    }
}

impl Runtime {
    /// On the real clock.
    ///
    /// # Errors
    /// As [`Builder::build`].
    pub fn new() -> io::Result<Self> {
        Builder::new().build()
    }

    /// Runs `future` to its end, as the first task; and once more what is ready then.
    /// Tasks that have not ended stay, for the next call.
    ///
    /// # Panics
    /// If the future does, or was cancelled. Inside a running loop: that would stand
    /// still. In a deadlock: if nothing can ever become ready.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        let mut output = None;
        self.0.enter(|| self.run_main(pin!(async { output = Some(future.await) })));
        output.expect("a task that returned left its value")
    }

    fn run_main(&self, main: Main<'_>) {
        let end = Rc::new(RefCell::new(None));
        let place = end.clone();
        let complete = |end| _ = call_soon(move || _ = place.replace(Some(end)));
        let task = self.0.add(None, None, Box::new(complete));
        let run = || self.run(&mut Some(main), || end.borrow().is_some());
        let left = || Some(&task).filter(|task| !task.is_finished());
        let close = |task| self.0.close(task, JoinError::new(task, How::Closed));
        // The main task ends together with `block_on`, however that ends.
        finally(run, || left().into_iter().for_each(close));
        match end.take().expect("it is over").map_err(JoinError::try_into_panic) {
            Ok(()) => {}
            Err(Ok(panic)) => resume_unwind(panic),
            Err(Err(error)) => panic!("{error}"),
        }
    }

    /// Runs turns until `is_over` says so at the end of one.
    ///
    /// # Panics
    /// As [`block_on`](Self::block_on).
    pub fn run_until(&self, is_over: impl Fn() -> bool) {
        self.0.enter(|| self.run(&mut None, is_over));
    }

    fn run(&self, main: &mut Option<Main<'_>>, is_over: impl Fn() -> bool) {
        assert!(!EventLoop::is_running_here(), "block_on inside a running loop");
        loop {
            assert!(self.0.next() != Next::Never, "{}", self.0.deadlock());
            self.0.turn(main, true);
            if is_over() {
                return;
            }
        }
    }

    /// One turn that doesn't wait, for a loop that is embedded in another. Returns what
    /// to wait for; meanwhile the runtime's descriptor is readable when one of its
    /// sources is ready or another thread calls.
    ///
    /// # Panics
    /// Inside a turn of the same loop.
    pub fn run_once(&self) -> Next {
        self.0.enter(|| self.0.turn(&mut None, false));
        let is_quiet = self.0.inbox.fall_asleep();
        if is_quiet { self.0.next() } else { Next::Now }
    }

    /// Runs the next thing that is ready; looks for what came, if nothing is. False:
    /// there was nothing.
    ///
    /// # Panics
    /// Inside a turn of the same loop.
    pub fn try_tick(&self) -> bool {
        let next = || self.0.run_next(&mut None);
        let look = || {
            self.0.look(false);
            next()
        };
        self.0.enter(|| self.0.alone(|| next() || look()))
    }

    /// As [`try_tick`](Self::try_tick), but waits for something to run: on any executor,
    /// which is woken when a task is, but not by timers and descriptors.
    pub async fn tick(&self) {
        let tick = poll_fn(|cx| {
            self.0.inbox.tick(cx.waker());
            if self.try_tick() { Poll::Ready(()) } else { Poll::Pending }
        });
        tick.await;
    }

    /// Takes on `future`: see [`spawn`](crate::spawn).
    pub fn spawn<T: 'static>(
        &self,
        future: impl Future<Output = T> + 'static,
    ) -> JoinHandle<T> {
        self.0.spawn(None, future)
    }

    /// Calls `inside` as if this loop ran, outside any task.
    pub fn enter<R>(&self, inside: impl FnOnce() -> R) -> R {
        self.0.enter(inside)
    }

    /// Cancels the tasks that have not ended, and runs until they have, as `asyncio.run`
    /// does at its end. One that refuses is waited for; one that is spawned meanwhile is
    /// not, and dropped with the runtime.
    ///
    /// # Panics
    /// In a deadlock.
    pub fn shutdown(self) {
        let mut left = self.enter(all_tasks);
        left.retain(|task| task.cancel());
        for task in left.iter().filter(|task| !task.is_finished()) {
            self.run_until(|| task.is_finished());
        }
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        self.0.enter(|| self.0.close_all());
    }
}

impl AsRawFd for Runtime {
    fn as_raw_fd(&self) -> RawFd {
        self.0.reactor.poll.borrow().as_raw_fd()
    }
}

/// Runs `future` on a runtime of its own, on the real clock, and shuts that down.
///
/// # Panics
/// As [`Runtime::block_on`]; and if no descriptor is left.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = Runtime::new().expect("a descriptor is left");
    let output = runtime.block_on(future);
    runtime.shutdown();
    output
}
