//! A `yield` is an expression: what the caller sends in is its value, and what the
//! caller throws in is raised there.

use ch01_generators::{Coroutine, CoroutineState, Exception, Generator, Resume, Resumed};
use trace::{Setting, say};

use CoroutineState::{Complete, Yielded};

/// Yields 1, says what was sent in, yields 2, yields 3.
enum Listener {
    Start,
    AtOne,
    AtTwo,
    AtThree,
}

impl Coroutine for Listener {
    type Send = &'static str;
    type Yield = i32;
    type Return = ();

    fn resume(&mut self, input: Resume<&'static str>) -> Resumed<Self> {
        let sent = input.value()?;
        let (next, result) = match self {
            Listener::Start => (Listener::AtOne, Yielded(1)),
            Listener::AtOne => {
                say!("{}", sent.unwrap_or("nothing"));
                (Listener::AtTwo, Yielded(2))
            }
            Listener::AtTwo => (Listener::AtThree, Yielded(3)),
            Listener::AtThree => (Listener::AtThree, Complete(())),
        };
        *self = next;
        Ok(result)
    }
}

pub(crate) fn run(setting: &Setting) {
    let listener = Generator::new("listener", Listener::Start, &setting.observer);
    let boom = Resume::Throw(Exception::Error("boom".to_owned()));
    for input in [Resume::Next, Resume::Send("abc"), boom, Resume::Next] {
        match listener.resume(input) {
            Ok(Yielded(value)) => say!("{value}"),
            Ok(Complete(())) => say!("at its end"),
            Err(exception) => say!("{exception}, and it is {:?}", listener.state()),
        }
    }
}
