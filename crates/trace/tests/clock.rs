//! The clock: virtual time moves when somebody waits or works, and never backwards.

use std::time::Duration;

use trace::{Clock, How, Observer};

#[test]
fn virtual_time_stands_still_until_somebody_waits() {
    let clock = Clock::virtual_time();
    assert_eq!(clock.now(), Duration::ZERO);
    clock.sleep_until(Duration::from_hours(1));
    assert_eq!(clock.now(), Duration::from_hours(1));
}

#[test]
fn a_time_that_has_passed_does_not_set_the_clock_back() {
    let clock = Clock::virtual_time();
    clock.work(Duration::from_secs(2));
    clock.sleep_until(Duration::from_secs(1));
    assert_eq!(clock.now(), Duration::from_secs(2));
}

#[test]
fn clones_show_the_same_time() {
    let (clock, other) = {
        let clock = Clock::virtual_time();
        (clock.clone(), clock)
    };
    clock.work(Duration::from_secs(1));
    assert_eq!(other.now(), Duration::from_secs(1));
}

#[test]
fn the_end_of_time_is_reached_and_not_passed() {
    let clock = Clock::virtual_time();
    clock.work(Duration::MAX);
    clock.work(Duration::MAX);
    assert_eq!(clock.now(), Duration::MAX);
}

#[test]
fn real_time_moves_on_its_own_and_a_past_deadline_returns_at_once() {
    let clock = Clock::real_time();
    let before = clock.now();
    clock.sleep_until(Duration::ZERO);
    while clock.now() == before {}
    assert!(clock.now() > before);
    assert!(!clock.is_virtual());
}

#[test]
fn an_observer_that_is_none_writes_nothing_and_says_nothing() {
    let observer = Observer::none();
    observer.turn();
    observer.spawned("a");
    observer.resumed("a");
    observer.finished("a", How::Returned(None));
    assert!(observer.events().is_empty());
}

#[test]
fn an_event_names_the_line_that_acted() {
    let observer = Observer::recording(Clock::virtual_time());
    let line = line!() + 1;
    observer.spawned("a");
    let at = &observer.events()[0].at;
    assert!(at.file.ends_with("tests/clock.rs"), "{at}");
    assert_eq!(at.line, line);
}

#[test]
fn on_a_virtual_clock_a_call_with_a_deadline_may_only_look() {
    let clock = Clock::virtual_time();
    assert_eq!(clock.timeout(Some(Duration::from_secs(5))), Some(Duration::ZERO));
    assert_eq!(clock.timeout(None), None);
    clock.jump_to(Duration::from_secs(5));
    assert_eq!(clock.now(), Duration::from_secs(5));
}

#[test]
fn on_a_real_clock_a_call_may_take_the_time_that_is_left_and_nothing_jumps() {
    let clock = Clock::real_time();
    let hour = Duration::from_hours(1);
    clock.jump_to(hour);
    let left = clock.timeout(Some(hour)).expect("there is a deadline");
    assert!(left <= hour && left > hour / 2);
    assert_eq!(clock.timeout(Some(Duration::ZERO)), Some(Duration::ZERO));
}
