//! Delegation is not suspension: an inner coroutine that yields nothing is run straight
//! through, and the caller gets no say in between.

use ch01_generators::{
    Coroutine, CoroutineState, Generator, Resume, Resumed, yield_from,
};
use trace::{Setting, say};

use CoroutineState::{Complete, Yielded};

/// `async def inner(): return 1`
struct Inner;

impl Coroutine for Inner {
    type Send = ();
    type Yield = ();
    type Return = i32;

    fn resume(&mut self, input: Resume<()>) -> Resumed<Self> {
        input.value()?;
        Ok(Complete(1))
    }
}

/// `async def outer(): return await inner()`
struct Outer {
    inner: Generator<Inner>,
}

impl Coroutine for Outer {
    type Send = ();
    type Yield = ();
    type Return = i32;

    fn resume(&mut self, input: Resume<()>) -> Resumed<Self> {
        yield_from(&self.inner, input)
    }
}

pub(crate) fn run(setting: &Setting) {
    let inner = Generator::new("inner", Inner, &setting.observer);
    let outer = Generator::new("outer", Outer { inner }, &setting.observer);
    match outer.resume(Resume::Next) {
        Ok(Yielded(())) => say!("outer suspended"),
        Ok(Complete(value)) => say!("outer returned {value} without a suspension"),
        Err(exception) => say!("{exception}"),
    }
}
