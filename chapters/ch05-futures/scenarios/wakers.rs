//! Step two: a waker, and the two ways to get it wrong. Each of these futures waits for
//! a bell that another task rings.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use ch05_futures::{Error, EventLoop, Handle, Task, yield_now};
use trace::{Setting, say};

use crate::poller;

/// Rings once. Whoever waits leaves a waker.
#[derive(Default)]
struct Bell {
    has_rung: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Bell {
    fn ring(&self) {
        self.has_rung.set(true);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

/// What a future does with the waker that it is given.
#[derive(Clone, Copy)]
enum Keeps {
    /// Leaves the one of the latest poll.
    Latest,
    /// Leaves the first one and no other.
    First,
    /// Says `Pending`, and leaves nothing.
    None,
}

/// Ready when the bell has rung.
struct Hears {
    bell: Rc<Bell>,
    keeps: Keeps,
}

impl Future for Hears {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.bell.has_rung.get() {
            return Poll::Ready(());
        }
        let waker = &mut *self.bell.waker.borrow_mut();
        match self.keeps {
            Keeps::Latest => *waker = Some(context.waker().clone()),
            Keeps::First => drop(waker.get_or_insert_with(|| context.waker().clone())),
            Keeps::None => {}
        }
        Poll::Pending
    }
}

async fn ringer(handle: Handle, bell: Rc<Bell>) -> Result<(), Error> {
    handle.sleep(Duration::from_millis(10)).await;
    say!("rings");
    bell.ring();
    Ok(())
}

fn run(setting: &Setting, keeps: Keeps) {
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let bell = Rc::new(Bell::default());
    let hears = Hears { bell: bell.clone(), keeps };
    event_loop.spawn(Task::new("listener", async move {
        hears.await;
        say!("has heard it");
        Ok(())
    }));
    let ringer = ringer(event_loop.handle(), bell);
    event_loop.spawn(Task::new("ringer", ringer));
    for (name, result) in ["listener", "ringer"].iter().zip(event_loop.run()) {
        match result {
            Ok(()) => say!("{name} ended"),
            Err(error) => say!("{name}: {error}"),
        }
    }
}

pub(crate) fn woken(setting: &Setting) {
    run(setting, Keeps::Latest);
}

pub(crate) fn missed(setting: &Setting) {
    run(setting, Keeps::None);
}

/// Two tasks await the same future, one after the other: it moves with its first waker.
fn hand_over(setting: &Setting, keeps: Keeps) {
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let bell = Rc::new(Bell::default());
    let hears: Rc<RefCell<Option<Pin<Box<Hears>>>>> = Rc::default();
    *hears.borrow_mut() = Some(Box::pin(Hears { bell: bell.clone(), keeps }));
    for name in ["first", "second"] {
        let hears = hears.clone();
        event_loop.spawn(Task::new(name, async move {
            if name == "second" {
                yield_now().await;
            }
            let mut mine = hears.take().expect("nobody else has it");
            if name == "first" {
                Once(&mut mine).await;
                say!("hands it on");
                *hears.borrow_mut() = Some(mine);
            } else {
                mine.await;
                say!("has heard it");
            }
            Ok(())
        }));
    }
    let ringer = ringer(event_loop.handle(), bell);
    event_loop.spawn(Task::new("ringer", ringer));
    for (name, result) in ["first", "second", "ringer"].iter().zip(event_loop.run()) {
        match result {
            Ok(()) => say!("{name} ended"),
            Err(error) => say!("{name}: {error}"),
        }
    }
}

/// Polls once, whatever comes of it.
struct Once<'a>(&'a mut Pin<Box<Hears>>);

impl Future for Once<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let _ = self.0.as_mut().poll(context);
        Poll::Ready(())
    }
}

pub(crate) fn stale(setting: &Setting) {
    hand_over(setting, Keeps::First);
}

pub(crate) fn renewed(setting: &Setting) {
    hand_over(setting, Keeps::Latest);
}
