//! A loop for one future: `block_on`, also inside of itself.

use ch05_futures::{block_on, yield_now};
use trace::{Setting, say};

async fn count(name: &str) -> u32 {
    for n in 1..=2 {
        say!("{name} {n}");
        yield_now().await;
    }
    2
}

/// The inner one takes the wake-ups that come while it runs, and loses none of the outer's.
pub(crate) fn nested(_: &Setting) {
    let sum = block_on(async {
        let outer = count("outer").await;
        let inner = block_on(count("inner"));
        outer + inner + count("outer again").await
    });
    say!("{sum}");
}
