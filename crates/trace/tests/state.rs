//! `State`: who runs, who is ready, who waits, after each of a recording's events.

use std::time::Duration;

use trace::{Came, Clock, Header, Observer, On, State, Trace};

/// What `tell` tells an observer.
fn recorded(tell: impl Fn(&Observer)) -> Trace {
    let observer = Observer::recording(Clock::virtual_time());
    tell(&observer);
    let header = Header { program: "p".into(), scenario: "s".into(), virtual_time: true };
    Trace { header, events: observer.events() }
}

/// Everybody, in words: who runs | who is ready | who waits for what | who has ended.
fn words(state: &State) -> String {
    let ready = state.ready.iter().map(|one| match &one.by {
        Some(by) => format!("{} by {by}", one.task),
        None => one.task.clone(),
    });
    let timers = state.timers.iter().map(|one| format!("{} at {}", one.task, one.due));
    let watched = state.descriptors.iter().map(|one| {
        let (what, now) = (["in", "out"][usize::from(one.is_output)], one.has_come);
        format!("{} {what} {}{}", one.task, one.source, if now { " now" } else { "" })
    });
    let others = state.others.iter().map(|one| format!("{} {}", one.task, one.what));
    let ended = state.ended.iter().map(|one| one.task.clone());
    let waiting: Vec<String> = timers.chain(watched).chain(others).collect();
    let parts = [state.running.clone(), ready.collect(), waiting, ended.collect()];
    parts.map(|part| part.join(", ")).join(" | ")
}

#[track_caller]
fn check(tell: impl Fn(&Observer), expected: &[&str]) {
    let trace = recorded(tell);
    let told = trace.told();
    let states =
        (1..=trace.events.len()).map(|n| State::after(&trace.events[..n], &told));
    let states: Vec<String> = states.map(|state| words(&state)).collect();
    assert_eq!(states, expected);
}

fn timer(ms: u64) -> On {
    On::timer(Duration::from_millis(ms))
}

#[test]
fn timers_stand_in_order_and_ties_in_order_of_arrival() {
    check(
        |loop_| {
            loop_.suspended("a", timer(20));
            loop_.suspended("b", timer(10));
            loop_.suspended("c", timer(20));
            loop_.ready([Came::Timer("b".into())]);
        },
        &[
            " |  | a at 20 ms | ",
            " |  | b at 10 ms, a at 20 ms | ",
            " |  | b at 10 ms, a at 20 ms, c at 20 ms | ",
            " | b by its timer | a at 20 ms, c at 20 ms | ",
        ],
    );
}

#[test]
fn who_is_ready_already_keeps_its_place_and_its_reason() {
    check(
        |loop_| {
            loop_.woken("a", "x");
            loop_.woken("b", "x");
            loop_.woken("a", "y");
        },
        &[" | a by x |  | ", " | a by x, b by x |  | ", " | a by x, b by x |  | "],
    );
}

#[test]
fn who_is_woken_while_it_runs_is_ready_as_soon_as_it_leaves() {
    check(
        |loop_| {
            loop_.resumed("a");
            loop_.woken("a", "itself");
            loop_.suspended("a", On::Future("x".into()));
            loop_.resumed("a");
            loop_.suspended("a", On::Future("x".into()));
        },
        &[
            "a |  |  | ",
            "a |  |  | ",
            " | a by itself |  | ",
            "a |  |  | ",
            " |  | a on x | ",
        ],
    );
}

#[test]
fn a_source_that_came_is_marked_until_its_task_runs() {
    check(
        |loop_| {
            loop_.suspended("a", On::Readable("s".into()));
            loop_.suspended("b", On::Writable("s".into()));
            loop_.ready([Came::Writable("s".into())]);
            loop_.resumed("b");
            loop_.finished("b", trace::How::Returned(None));
        },
        &[
            " |  | a in s | ",
            " |  | a in s, b out s | ",
            " |  | a in s, b out s now | ",
            "b |  | a in s | ",
            " |  | a in s | b",
        ],
    );
}

#[test]
fn who_is_resumed_by_a_task_runs_inside_it_and_spawns_in_its_name() {
    check(
        |loop_| {
            loop_.resumed("outer");
            loop_.resumed("inner");
            loop_.spawned("new");
            loop_.suspended("inner", On::Turn);
        },
        &[
            "outer |  |  | ",
            "outer, inner |  |  | ",
            "outer, inner | new by inner |  | ",
            "outer | new by inner, inner by itself |  | ",
        ],
    );
}

#[test]
fn the_loop_waits_until_the_next_event() {
    let trace = recorded(|loop_| {
        loop_.suspended("a", timer(50));
        loop_.waiting(Some(Duration::from_millis(50)), 1, 0);
        loop_.ready([]);
    });
    let told = trace.told();
    let waits = |n| State::after(&trace.events[..n], &told).waits;
    assert_eq!((waits(1), waits(3)), (None, None));
    assert_eq!(waits(2).as_deref(), Some("50 ms (1 timer)"));
}
