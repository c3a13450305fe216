//! A chess master plays 24 games of 30 moves. She thinks for 5 seconds, an opponent for
//! 55. While one opponent thinks she can walk on to the next board.

use ch06_tasks::{sleep, spawn_named};
use trace::{Clock, Setting, say};

use crate::{runtime, seconds};

const GAMES: u32 = 24;
const MOVES: u32 = 30;

/// One board. The master is the loop's one thread: while she thinks, all else waits.
async fn game(clock: Clock) {
    for _ in 0..MOVES {
        clock.work(seconds(5));
        sleep(seconds(55)).await;
    }
    say!("over");
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let game = |n| spawn_named(&format!("game-{n}"), game(setting.clock.clone()));
        for task in (1..=GAMES).map(game).collect::<Vec<_>>() {
            let _ = task.await;
        }
    });
    say!("all games over");
}

/// One board after the other, and she waits while her opponent thinks.
pub(crate) fn run_blocking(setting: &Setting) {
    for n in 1..=GAMES {
        setting.clock.work(seconds(5 + 55) * MOVES);
        say!("game-{n} over");
    }
    say!("all games over");
}
