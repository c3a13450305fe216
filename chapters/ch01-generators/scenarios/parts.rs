//! The class that the question's asker guessed: a function cut at each `await` into
//! `parts`, with `pos` to say which comes next, and a manager that picks.
//!
//! What it gets right: a suspended function is an object that keeps its place. What it
//! lacks: a part can't say "not yet", so the manager calls it whether or not what it
//! needs is there.

use std::cell::Cell;
use std::rc::Rc;

use trace::{How, On, Setting, say};

/// A function in parts.
struct Coro {
    name: &'static str,
    /// The pieces between the awaits, in order.
    parts: Vec<Box<dyn Fn()>>,
    /// Which comes next.
    pos: usize,
}

impl Coro {
    fn done(&self) -> bool {
        self.pos == self.parts.len()
    }

    fn call(&mut self) {
        (self.parts[self.pos])();
        self.pos += 1;
    }
}

/// Calls whatever isn't done, in turn, until everything is.
fn gather(mut coros: Vec<Coro>, setting: &Setting) {
    while !coros.iter().all(Coro::done) {
        for coro in coros.iter_mut().filter(|coro| !coro.done()) {
            setting.observer.resumed(coro.name);
            coro.call();
            match coro.done() {
                false => setting.observer.suspended(coro.name, On::Turn),
                true => setting.observer.finished(coro.name, How::Returned(None)),
            }
        }
    }
}

fn before_after(name: &'static str) -> Coro {
    let before = Box::new(move || say!("before {name}"));
    let after = Box::new(move || say!("after {name}"));
    Coro { name, parts: vec![before, after], pos: 0 }
}

/// Two functions of two parts each: they interleave as the real ones would.
pub(crate) fn run(setting: &Setting) {
    gather(vec![before_after("first"), before_after("second")], setting);
}

/// One asks and then uses the answer; the other needs three turns to give it.
pub(crate) fn run_too_early(setting: &Setting) {
    let answer = Rc::new(Cell::new(None));
    let (theirs, mine) = (answer.clone(), answer);
    let ask: Box<dyn Fn()> = Box::new(|| say!("asks"));
    let use_it: Box<dyn Fn()> = Box::new(move || say!("uses {:?}", mine.get()));
    let think = || -> Box<dyn Fn()> { Box::new(|| say!("thinks")) };
    let tell: Box<dyn Fn()> = Box::new(move || {
        theirs.set(Some(42));
        say!("answers");
    });
    let client = Coro { name: "client", parts: vec![ask, use_it], pos: 0 };
    let server = Coro { name: "server", parts: vec![think(), think(), tell], pos: 0 };
    gather(vec![client, server], setting);
}
