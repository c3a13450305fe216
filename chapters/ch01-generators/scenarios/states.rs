//! The four states of a generator's life, seen from outside and from inside.

use std::rc::{Rc, Weak};

use ch01_generators::{
    Coroutine, CoroutineState, Exception, Generator, Resume, Resumed, State,
};
use trace::{Setting, say};

use CoroutineState::{Complete, Yielded};

/// Yields 1; says what was sent, yields 2; catches an error and yields 3; cleans up.
struct Body {
    /// The generator that guards this body, to ask it for its state.
    me: Weak<Generator<Body>>,
    /// The last value yielded.
    at: i32,
}

impl Coroutine for Body {
    type Send = &'static str;
    type Yield = i32;
    type Return = ();

    fn resume(&mut self, input: Resume<&'static str>) -> Resumed<Self> {
        match (self.at, input) {
            (0, _) => say!("inside: {}", name(self.me.upgrade().map(|me| me.state()))),
            (1, Resume::Send(value)) => say!("sent {value}"),
            (1, Resume::Next) => say!("sent None"),
            (1 | 2, Resume::Throw(error)) => {
                say!("caught {error}");
                self.at = 2;
            }
            (_, input) => {
                say!("clean-up");
                return input.value().map(|_| Complete(()));
            }
        }
        self.at += 1;
        Ok(Yielded(self.at))
    }
}

fn name(state: Option<State>) -> String {
    format!("{:?}", state.expect("the generator is alive while its body runs"))
        .to_uppercase()
}

/// Resumes `body` and says what came of it.
fn tell(body: &Generator<Body>, input: Resume<&'static str>) {
    match body.resume(input) {
        Ok(Yielded(value)) => say!("{value}, {}", name(Some(body.state()))),
        Ok(Complete(())) => say!("at its end, {}", name(Some(body.state()))),
        Err(exception) => say!("{exception}, {}", name(Some(body.state()))),
    }
}

fn fresh(name: &str, setting: &Setting) -> Rc<Generator<Body>> {
    Rc::new_cyclic(|me| {
        Generator::new(name, Body { me: me.clone(), at: 0 }, &setting.observer)
    })
}

pub(crate) fn run(setting: &Setting) {
    let first = fresh("first", setting);
    say!("{}", name(Some(first.state())));
    tell(&first, Resume::Next);
    tell(&first, Resume::Send("v"));
    let closed = [first.close(), first.close()];
    say!("closed twice: {}", closed.iter().all(Result::is_ok));
    tell(&first, Resume::Next);

    let second = fresh("second", setting);
    tell(&second, Resume::Next);
    tell(&second, Resume::Throw(Exception::Error("boom".to_owned())));
    tell(&second, Resume::Next);

    let third = fresh("third", setting);
    tell(&third, Resume::Send("x"));
    tell(&third, Resume::Throw(Exception::Error("boom".to_owned())));
}
