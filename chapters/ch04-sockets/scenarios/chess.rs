//! A chess master plays 24 games of 30 moves. She thinks for 5 seconds, an opponent for
//! 55. While one opponent thinks she can walk on to the next board.

use std::time::Duration;

use ch04_sockets::{
    AsyncSleep, Coroutine, CoroutineState, Event, EventLoop, Resumed, Task,
};
use trace::{Clock, Setting, say};

use crate::poller;
use CoroutineState::{Complete, Yielded};

const GAMES: u32 = 24;
const MOVES: u32 = 30;
const MASTER: Duration = Duration::from_secs(5);
const OPPONENT: Duration = Duration::from_secs(55);

/// One board. The master is the loop's one thread: while she thinks, all else waits.
struct Game {
    clock: Clock,
    moves: u32,
}

impl Coroutine for Game {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        if self.moves == MOVES {
            say!("over");
            return Ok(Complete(()));
        }
        self.moves += 1;
        self.clock.work(MASTER);
        Ok(Yielded(AsyncSleep::after(&self.clock, OPPONENT).into()))
    }
}

pub(crate) fn run(setting: &Setting) {
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    for n in 1..=GAMES {
        let game = Game { clock: setting.clock.clone(), moves: 0 };
        event_loop.spawn(Task::new(format!("game-{n}"), game));
    }
    let _ = event_loop.run();
    say!("all games over");
}

/// One board after the other, and she waits while her opponent thinks.
pub(crate) fn run_blocking(setting: &Setting) {
    for n in 1..=GAMES {
        for _ in 0..MOVES {
            setting.clock.work(MASTER + OPPONENT);
        }
        say!("game-{n} over");
    }
    say!("all games over");
}
