//! Step three: why a future must stay where it is. A machine that keeps a piece of data
//! and a place in it is built by hand, without a pin, and moved.

use trace::{Setting, say};

/// `let text = …; let word = &text[6..]; yield; use(word)`, by hand. What the compiler
/// would keep as a reference is an address here: safe Rust has no reference into oneself.
struct Machine {
    text: [u8; 11],
    /// Where in memory the word begins, once it was found.
    word: usize,
}

impl Machine {
    fn new() -> Self {
        Machine { text: *b"hello world", word: 0 }
    }

    fn address(&self) -> usize {
        (&raw const self.text).addr()
    }

    /// Up to the suspension: finds the word.
    fn start(&mut self) {
        self.word = self.address() + 6;
    }

    /// After it: reads the word where it was. The address is compared, and not followed.
    fn go_on(&self) {
        let is_there =
            (self.address()..self.address() + self.text.len()).contains(&self.word);
        match is_there {
            true => say!("reads: {}", String::from_utf8_lossy(&self.text[6..])),
            false => {
                say!("the word is no longer in the text: it would read something else");
            }
        }
    }
}

/// Moved between the two: what was on one shelf is on another.
pub(crate) fn moved(_: &Setting) {
    let mut shelf = vec![Machine::new()];
    shelf[0].start();
    say!("suspended; and now it is moved");
    let elsewhere: Box<Machine> = Box::new(shelf.remove(0));
    elsewhere.go_on();
}

/// Boxed before it starts, and left in the box: the box may go anywhere.
pub(crate) fn pinned(_: &Setting) {
    let mut pinned = Box::pin(Machine::new());
    pinned.start();
    say!("suspended; and now its box is moved");
    let elsewhere = [pinned];
    elsewhere[0].go_on();
}
