//! `yield from`: while the outer generator delegates, its caller speaks with the inner.

use ch01_generators::{
    Coroutine, CoroutineState, Generator, Resume, Resumed, yield_from,
};
use trace::{Setting, say};

use CoroutineState::{Complete, Yielded};

/// Yields 2, says what was sent in, returns 3.
struct Inner {
    yielded: bool,
}

impl Coroutine for Inner {
    type Send = &'static str;
    type Yield = i32;
    type Return = i32;

    fn resume(&mut self, input: Resume<&'static str>) -> Resumed<Self> {
        let sent = input.value()?;
        if !std::mem::replace(&mut self.yielded, true) {
            return Ok(Yielded(2));
        }
        say!("inner received {}", sent.unwrap_or("nothing"));
        Ok(Complete(3))
    }
}

/// Yields 1, then delegates to `inner`, says what that returned, and yields 4.
struct Outer {
    inner: Generator<Inner>,
    at: OuterAt,
}

enum OuterAt {
    Start,
    One,
    Delegating,
    Four,
}

impl Coroutine for Outer {
    type Send = &'static str;
    type Yield = i32;
    type Return = ();

    fn resume(&mut self, input: Resume<&'static str>) -> Resumed<Self> {
        match self.at {
            OuterAt::Start => Ok(self.leave(OuterAt::One, 1)),
            OuterAt::One => {
                input.value()?;
                self.delegate(Resume::Next)
            }
            OuterAt::Delegating => self.delegate(input),
            OuterAt::Four => input.value().map(|_| Complete(())),
        }
    }
}

impl Outer {
    fn leave(&mut self, at: OuterAt, value: i32) -> CoroutineState<i32, ()> {
        self.at = at;
        Yielded(value)
    }

    fn delegate(&mut self, input: Resume<&'static str>) -> Resumed<Self> {
        Ok(match yield_from(&self.inner, input)? {
            Yielded(value) => self.leave(OuterAt::Delegating, value),
            Complete(value) => {
                say!("inner gave {value}");
                self.leave(OuterAt::Four, 4)
            }
        })
    }
}

pub(crate) fn run(setting: &Setting) {
    let inner = Generator::new("inner", Inner { yielded: false }, &setting.observer);
    let outer = Outer { inner, at: OuterAt::Start };
    let outer = Generator::new("outer", outer, &setting.observer);
    for input in [Resume::Next, Resume::Next, Resume::Send("abc")] {
        if let Ok(Yielded(value)) = outer.resume(input) {
            say!("{value}");
        }
    }
}
