//! The smallest state machine: a function with two places where it can be left.

use ch01_generators::{Coroutine, CoroutineState, Exception, Generator, Resume, Resumed};
use trace::{Setting, say};

use CoroutineState::{Complete, Yielded};

/// Where the function stands. It has no variables, so its place is all it keeps.
pub(crate) enum OneTwo {
    Start,
    AfterOne,
    AfterTwo,
}

impl Coroutine for OneTwo {
    type Send = ();
    type Yield = i32;
    type Return = ();

    fn resume(&mut self, input: Resume<()>) -> Resumed<Self> {
        input.value()?;
        match self {
            OneTwo::Start => {
                *self = OneTwo::AfterOne;
                Ok(Yielded(1))
            }
            OneTwo::AfterOne => {
                *self = OneTwo::AfterTwo;
                Ok(Yielded(2))
            }
            OneTwo::AfterTwo => Ok(Complete(())),
        }
    }
}

/// Resumes it until there is nothing left to resume.
pub(crate) fn run(setting: &Setting) {
    let one_two = Generator::new("one-two", OneTwo::Start, &setting.observer);
    loop {
        match one_two.resume(Resume::Next) {
            Ok(Yielded(value)) => say!("{value}"),
            Ok(Complete(())) => say!("at its end"),
            Err(Exception::Stop) => break say!("nothing left to resume"),
            Err(other) => break say!("{other}"),
        }
    }
}
