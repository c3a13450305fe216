//! A generator that yields when it is asked to end is refused: its caller has left.

use ch01_generators::{Coroutine, CoroutineState, Generator, Resume, Resumed};
use trace::{Setting, say};

use CoroutineState::Yielded;

/// Yields "still here" for ever, whatever comes in.
struct Clinging;

impl Coroutine for Clinging {
    type Send = ();
    type Yield = &'static str;
    type Return = ();

    fn resume(&mut self, _: Resume<()>) -> Resumed<Self> {
        Ok(Yielded("still here"))
    }
}

pub(crate) fn run(setting: &Setting) {
    let clinging = Generator::new("clinging", Clinging, &setting.observer);
    if let Ok(Yielded(value)) = clinging.resume(Resume::Next) {
        say!("{value}");
    }
    if let Err(refusal) = clinging.close() {
        say!("{refusal}");
    }
    say!("and it is {:?}", clinging.state());
}
