//! A generator that resumes itself is refused: its one frame is in use.

use std::rc::{Rc, Weak};

use ch01_generators::{Coroutine, CoroutineState, Generator, Resume, Resumed};
use trace::{Setting, say};

use CoroutineState::{Complete, Yielded};

/// Tries to resume the generator that it is the body of, then yields 1.
struct Selfish {
    /// The generator that guards this body.
    me: Weak<Generator<Selfish>>,
    yielded: bool,
}

impl Coroutine for Selfish {
    type Send = ();
    type Yield = i32;
    type Return = ();

    fn resume(&mut self, input: Resume<()>) -> Resumed<Self> {
        input.value()?;
        if std::mem::replace(&mut self.yielded, true) {
            return Ok(Complete(()));
        }
        let me = self.me.upgrade().expect("alive while its body runs");
        if let Err(refusal) = me.resume(Resume::Next) {
            say!("refused: {refusal}");
        }
        Ok(Yielded(1))
    }
}

pub(crate) fn run(setting: &Setting) {
    let selfish = Rc::new_cyclic(|me| {
        let body = Selfish { me: me.clone(), yielded: false };
        Generator::new("selfish", body, &setting.observer)
    });
    if let Ok(Yielded(value)) = selfish.resume(Resume::Next) {
        say!("{value}, and it is {:?}", selfish.state());
    }
}
