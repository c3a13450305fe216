//! A future of one's own, that waits for a bell which another task rings; and two ways to
//! get its waker wrong. When nobody can go on, the loop says who waits for what.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use ch06_tasks::{JoinHandle, sleep, spawn_named, yield_now};
use trace::{Setting, say};

use crate::{milliseconds, panic_of, runtime};

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

async fn ringer(bell: Rc<Bell>) {
    sleep(milliseconds(10)).await;
    say!("rings");
    bell.ring();
}

/// Awaits them all, and says what the loop says if it can't.
fn run_all(setting: &Setting, spawn: impl FnOnce() -> Vec<JoinHandle<()>>) {
    let ended = panic_of(|| {
        runtime(setting).block_on(async {
            for task in spawn() {
                let name = task.name();
                task.await.expect("no panic");
                say!("{name} ended");
            }
        });
    });
    if let Some(deadlock) = ended {
        say!("{deadlock}");
    }
}

fn run(setting: &Setting, keeps: Keeps) {
    run_all(setting, || {
        let bell = Rc::new(Bell::default());
        let hears = Hears { bell: bell.clone(), keeps };
        let listener = spawn_named("listener", async move {
            hears.await;
            say!("has heard it");
        });
        vec![spawn_named("ringer", ringer(bell)), listener]
    });
}

pub(crate) fn woken(setting: &Setting) {
    run(setting, Keeps::Latest);
}

pub(crate) fn missed(setting: &Setting) {
    run(setting, Keeps::None);
}

/// Two tasks await the same future, one after the other: it moves with its first waker.
fn hand_over(setting: &Setting, keeps: Keeps) {
    run_all(setting, || {
        let bell = Rc::new(Bell::default());
        let mut hears = Box::pin(Hears { bell: bell.clone(), keeps });
        let shelf = Rc::new(RefCell::new(None));
        let place = shelf.clone();
        let first = spawn_named("first", async move {
            Once(&mut hears).await;
            say!("hands it on");
            *place.borrow_mut() = Some(hears);
        });
        let second = spawn_named("second", async move {
            yield_now().await;
            let hears = shelf.take().expect("the first has put it there");
            hears.await;
            say!("has heard it");
        });
        vec![first, spawn_named("ringer", ringer(bell)), second]
    });
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
