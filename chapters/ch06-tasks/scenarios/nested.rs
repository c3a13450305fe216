//! A `block_on` inside of another. The inner one would make the loop around it stand
//! still, so it is refused: to await is what the program should do, and does then.

use ch06_tasks::{block_on, yield_now};
use trace::{Setting, say};

use crate::{panic_of, runtime};

async fn count(name: &str) -> u32 {
    for n in 1..=2 {
        say!("{name} {n}");
        yield_now().await;
    }
    2
}

pub(crate) fn run(setting: &Setting) {
    let sum = runtime(setting).block_on(async {
        let outer = count("outer").await;
        let refused = panic_of(|| _ = block_on(count("inner")));
        say!("{}", refused.expect("it is refused"));
        let inner = count("inner").await;
        outer + inner + count("outer again").await
    });
    say!("{sum}");
}
