//! What is thrown into an outer generator is raised in the innermost; what closes it
//! closes the innermost first.

use ch01_generators::{
    Coroutine, CoroutineState, Exception, Generator, Resume, Resumed, yield_from,
};
use trace::{Setting, say};

use CoroutineState::{Complete, Yielded};

/// Yields "waiting" until an error is thrown in; catches that and returns its message.
struct Inner;

impl Coroutine for Inner {
    type Send = ();
    type Yield = &'static str;
    type Return = String;

    fn resume(&mut self, input: Resume<()>) -> Resumed<Self> {
        match input {
            Resume::Throw(error) => {
                say!("inner caught {error}");
                Ok(Complete(error.to_string()))
            }
            Resume::Close => {
                say!("inner cleans up");
                Err(Exception::Exit)
            }
            Resume::Next | Resume::Send(()) => Ok(Yielded("waiting")),
        }
    }
}

/// Delegates to `inner` from its first line to its last.
struct Outer {
    inner: Generator<Inner>,
}

impl Coroutine for Outer {
    type Send = ();
    type Yield = &'static str;
    type Return = ();

    fn resume(&mut self, input: Resume<()>) -> Resumed<Self> {
        match yield_from(&self.inner, input) {
            Ok(Yielded(value)) => return Ok(Yielded(value)),
            Ok(Complete(value)) => say!("inner gave {value}"),
            Err(exception) => {
                say!("outer cleans up");
                return Err(exception);
            }
        }
        Ok(Complete(()))
    }
}

fn nested(inner: &str, outer: &str, setting: &Setting) -> Generator<Outer> {
    let inner = Generator::new(inner, Inner, &setting.observer);
    Generator::new(outer, Outer { inner }, &setting.observer)
}

pub(crate) fn run(setting: &Setting) {
    let thrown = nested("inner-1", "outer-1", setting);
    let boom = Resume::Throw(Exception::Error("boom".to_owned()));
    for input in [Resume::Next, boom] {
        match thrown.resume(input) {
            Ok(Yielded(value)) => say!("{value}"),
            Ok(Complete(())) => say!("outer at its end"),
            Err(exception) => say!("{exception}"),
        }
    }
    let closed = nested("inner-2", "outer-2", setting);
    if let Ok(Yielded(value)) = closed.resume(Resume::Next) {
        say!("{value}");
    }
    say!("closed: {}", closed.close().is_ok());
}
