//! A subroutine starts anew at every call. A coroutine goes on where it stood, whoever
//! resumes it, and one owner may have several and resume them in any order.

use ch01_generators::{Coroutine, CoroutineState, Generator, Resume, Resumed};
use trace::{Setting, say};

use CoroutineState::{Complete, Yielded};

/// Its variable lives from the call to the return.
fn subfoo(bar: i32) -> i32 {
    let qux = 3;
    qux * bar
}

/// Its variables live as long as it does: yields `bar`, returns what was sent in.
struct Cofoo {
    bar: i32,
    yielded: bool,
}

impl Coroutine for Cofoo {
    type Send = &'static str;
    type Yield = i32;
    type Return = &'static str;

    fn resume(&mut self, input: Resume<&'static str>) -> Resumed<Self> {
        let sent = input.value()?;
        match std::mem::replace(&mut self.yielded, true) {
            false => Ok(Yielded(self.bar)),
            true => Ok(Complete(sent.unwrap_or("nothing"))),
        }
    }
}

fn tell(cofoo: &Generator<Cofoo>, input: Resume<&'static str>) {
    match cofoo.resume(input) {
        Ok(Yielded(value)) => say!("yields {value}"),
        Ok(Complete(value)) => say!("returns {value}"),
        Err(exception) => say!("{exception}"),
    }
}

pub(crate) fn run(setting: &Setting) {
    say!("subfoo {} {}", subfoo(2), subfoo(2));
    let [one, two] = [("one", 10), ("two", 20)].map(|(name, bar)| {
        Generator::new(name, Cofoo { bar, yielded: false }, &setting.observer)
    });
    tell(&one, Resume::Next);
    tell(&two, Resume::Next);
    tell(&two, Resume::Send("second"));
    tell(&one, Resume::Send("first"));
}
