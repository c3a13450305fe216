//! A return value leaves by the same door as the end.

use ch01_generators::{Coroutine, CoroutineState, Generator, Resume, Resumed};
use trace::{Setting, say};

use CoroutineState::{Complete, Yielded};

/// Yields 1 and returns "abc".
struct Returns {
    yielded: bool,
}

impl Coroutine for Returns {
    type Send = ();
    type Yield = i32;
    type Return = &'static str;

    fn resume(&mut self, input: Resume<()>) -> Resumed<Self> {
        input.value()?;
        match std::mem::replace(&mut self.yielded, true) {
            false => Ok(Yielded(1)),
            true => Ok(Complete("abc")),
        }
    }
}

pub(crate) fn run(setting: &Setting) {
    let returns =
        Generator::new("returns", Returns { yielded: false }, &setting.observer);
    while let Ok(left) = returns.resume(Resume::Next) {
        match left {
            Yielded(value) => say!("yielded {value}"),
            Complete(value) => say!("returned {value}"),
        }
    }
}
