//! A generator is an iterator: each step of a `for` loop is a resumption.

use ch01_generators::Generator;
use trace::{Setting, say};

use crate::one_two::OneTwo;

pub(crate) fn run(setting: &Setting) {
    let mut one_two = Generator::new("one-two", OneTwo::Start, &setting.observer);
    for value in one_two.by_ref().take(1).flatten() {
        say!("first {value}");
    }
    for value in one_two.flatten() {
        say!("then {value}: the second loop went on where the first had stopped");
    }
}
