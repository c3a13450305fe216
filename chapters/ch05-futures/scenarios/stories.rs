//! The stories of the stages before, as `async fn`s. Nothing happens in them that did not
//! happen there.

use std::time::Duration;

use ch05_futures::{Error, EventLoop, Handle, Task};
use trace::{Setting, say};

use crate::poller;
use crate::sleepy::sleepy;

type Outcome = Result<u32, Error>;

fn new_loop(setting: &Setting) -> EventLoop<u32> {
    EventLoop::new(&setting.clock, &setting.observer, poller())
}

async fn guest(handle: Handle, minutes: u64) -> Outcome {
    say!("reads the menu");
    handle.sleep(Duration::from_secs(60 * minutes)).await;
    say!("orders");
    Ok(0)
}

/// Who sat down, and how many minutes each reads the menu.
const GUESTS: [(&str, u64); 3] = [("Ada", 5), ("Ben", 10), ("Cyd", 1)];

pub(crate) fn waiter(setting: &Setting) {
    let mut event_loop = new_loop(setting);
    for (name, minutes) in GUESTS {
        let guest = guest(event_loop.handle(), minutes);
        event_loop.spawn(Task::new(name, guest));
    }
    let _ = event_loop.run();
    say!("every order taken");
}

/// The same evening with a waiter who stands at the table: time passes in him.
pub(crate) fn waiter_blocking(setting: &Setting) {
    for (name, minutes) in GUESTS {
        say!("stands beside {name}");
        setting.clock.work(Duration::from_secs(60 * minutes));
        say!("takes the order of {name}");
    }
    say!("every order taken");
}

const GAMES: u32 = 24;
const MOVES: u32 = 30;
const MASTER: Duration = Duration::from_secs(5);
const OPPONENT: Duration = Duration::from_secs(55);

async fn game(handle: Handle) -> Outcome {
    for _ in 0..MOVES {
        handle.clock().work(MASTER);
        handle.sleep(OPPONENT).await;
    }
    say!("over");
    Ok(MOVES)
}

pub(crate) fn chess(setting: &Setting) {
    let mut event_loop = new_loop(setting);
    for n in 1..=GAMES {
        let game = game(event_loop.handle());
        event_loop.spawn(Task::new(format!("game-{n}"), game));
    }
    let _ = event_loop.run();
    say!("all games over");
}

/// One board after the other, and she waits while her opponent thinks.
pub(crate) fn chess_blocking(setting: &Setting) {
    for n in 1..=GAMES {
        for _ in 0..MOVES {
            setting.clock.work(MASTER + OPPONENT);
        }
        say!("game-{n} over");
    }
    say!("all games over");
}

#[expect(clippy::unused_async, reason = "it never suspends: that is the story")]
async fn work(handle: Handle) -> Outcome {
    for round in 1..=10 {
        handle.clock().work(Duration::from_millis(100));
        say!("round {round}");
    }
    Ok(10)
}

pub(crate) fn stubborn(setting: &Setting) {
    let mut event_loop = new_loop(setting);
    let (sleepy, stubborn) = (sleepy(event_loop.handle(), 2), work(event_loop.handle()));
    event_loop.spawn(Task::new("sleepy", sleepy));
    event_loop.spawn(Task::new("stubborn", stubborn));
    let _ = event_loop.run();
}

async fn polite(handle: Handle, count: u32) -> Outcome {
    for number in 1..=count {
        say!("{number}");
        handle.sleep(Duration::ZERO).await;
    }
    say!("end");
    Ok(count)
}

pub(crate) fn zero(setting: &Setting) {
    let mut event_loop = new_loop(setting);
    for (name, count) in [("a", 3), ("b", 1), ("c", 2)] {
        let polite = polite(event_loop.handle(), count);
        event_loop.spawn(Task::new(name, polite));
    }
    let _ = event_loop.run();
}

async fn asks(handle: Handle, times: Vec<u64>) -> Outcome {
    for time in times {
        handle.sleep_until(Duration::from_millis(time)).await;
    }
    say!("awake");
    Ok(0)
}

pub(crate) fn ties(setting: &Setting) {
    let mut event_loop = new_loop(setting);
    for at in [40, 30, 20, 10] {
        let asks = asks(event_loop.handle(), vec![at, 50]);
        event_loop.spawn(Task::new(format!("asks-at-{at}"), asks));
    }
    let asks = asks(event_loop.handle(), vec![50]);
    event_loop.spawn(Task::new("asks-at-0", asks));
    let _ = event_loop.run();
}

async fn fails(handle: Handle) -> Outcome {
    handle.sleep(Duration::from_millis(50)).await;
    Err("boom".into())
}

pub(crate) fn failing(setting: &Setting) {
    let mut event_loop = new_loop(setting);
    let handle = event_loop.handle();
    event_loop.spawn(Task::new("good-1", sleepy(handle.clone(), 1)));
    event_loop.spawn(Task::new("bad", fails(handle.clone())));
    event_loop.spawn(Task::new("good-2", sleepy(handle, 2)));
    tell(event_loop);
}

#[expect(clippy::unused_async, reason = "it doesn't get that far")]
async fn panics() -> Outcome {
    panic!("boom")
}

pub(crate) fn panicking(setting: &Setting) {
    // The message is in the trace; on the terminal it would stand in the middle of it.
    std::panic::set_hook(Box::new(|_| {}));
    let mut event_loop = new_loop(setting);
    let good = sleepy(event_loop.handle(), 1);
    event_loop.spawn(Task::new("good", good));
    event_loop.spawn(Task::new("bad", panics()));
    tell(event_loop);
}

fn tell(event_loop: EventLoop<u32>) {
    for result in event_loop.run() {
        match result {
            Ok(steps) => say!("returned {steps}"),
            Err(error) if error.to_string().starts_with("panicked") => say!("{error}"),
            Err(error) => say!("failed: {error}"),
        }
    }
}
