//! Bugs of the loop as it is often published. Each test is a program that the published
//! loop gets wrong (the scenarios `bug-…` show how); this loop gets it right.

mod support;

use ch03_select::Source;
use support::{Step, World, filled, pipe};

#[test]
fn b02_a_reader_is_not_resumed_after_its_end() {
    let mut world = World::new();
    let source = filled("pipe", "ab");
    world.spawn("reader", vec![Step::Read(source.clone(), 1)]);
    let (log, results) = world.run();
    assert_eq!(log, ["0 reader read \"a\"", "0 reader ended"]);
    assert_eq!(results, ["reader"]);
}

#[test]
fn b03_a_source_that_can_always_be_read_does_not_starve_a_sleeper() {
    let mut world = World::new();
    let clock = world.clock.clone();
    let work = move || clock.work(std::time::Duration::from_millis(10));
    let zeros = Source::new("zeros", std::fs::File::open("/dev/zero").expect("there"));
    let mut hungry = Vec::new();
    for _ in 0..10 {
        hungry.push(Step::Watch(zeros.clone()));
        hungry.push(Step::Do(Box::new(work.clone())));
    }
    world.spawn("hungry", hungry);
    world.spawn("sleeper", vec![Step::Until(30)]);
    let (log, _) = world.run();
    assert_eq!(log, ["40 sleeper ended", "100 hungry ended"]);
}

#[test]
fn b04_every_readable_source_is_served_in_the_same_turn() {
    let mut world = World::new();
    let [a, b] = ["a", "b"].map(|name| filled(name, "x"));
    let zero = || Step::Until(0);
    world.spawn("a", vec![Step::Read(a, 1)]);
    world.spawn("b", vec![Step::Read(b, 1)]);
    world.spawn("turns", vec![zero(), zero(), zero()]);
    let (log, _) = world.run();
    let last = log.last().expect("something happened");
    assert_eq!(
        last, "0 turns ended",
        "both had read before the third turn ended: {log:?}"
    );
    assert_eq!(log[..4], ["0 a read \"x\"", "0 a ended", "0 b read \"x\"", "0 b ended"]);
}

#[test]
fn b05_a_second_reader_of_a_source_waits_its_turn() {
    let mut world = World::new();
    let source = filled("pipe", "ab");
    world.spawn("first", vec![Step::Read(source.clone(), 1)]);
    world.spawn("second", vec![Step::Read(source, 1)]);
    let (log, results) = world.run();
    assert_eq!(log[0], "0 first read \"a\"");
    assert_eq!(log[2], "0 second read \"b\"");
    assert_eq!(results, ["first", "second"]);
}

#[test]
fn b06_what_is_there_is_read_in_one_go() {
    let mut world = World::new();
    let source = filled("pipe", "abcdefgh");
    world.spawn("reader", vec![Step::Read(source, 8)]);
    world.spawn("turns", (0..8).map(|_| Step::Until(0)).collect());
    let (log, _) = world.run();
    assert_eq!(log[0], "0 reader read \"abcdefgh\"", "before eight turns were over");
}

#[test]
fn b07_the_end_of_file_ends_a_read() {
    let mut world = World::new();
    let source = filled("pipe", "abc");
    world.spawn("reader", vec![Step::Read(source.clone(), 10), Step::Read(source, 10)]);
    let (log, _) = world.run();
    assert_eq!(log, ["0 reader read \"abc\"", "0 reader read \"\"", "0 reader ended"]);
}

#[test]
fn b08_at_the_end_of_file_the_others_go_on() {
    let mut world = World::new();
    let (source, writer) = pipe("pipe");
    drop(writer);
    world.spawn("reader", vec![Step::Read(source, 1)]);
    world.spawn("other", vec![Step::Until(10)]);
    assert_eq!(world.run().1, ["reader", "other"]);
}

#[test]
fn b09_no_more_is_taken_than_was_asked_for() {
    let mut world = World::new();
    let source = filled("pipe", "onetwo");
    world.spawn("reader", vec![Step::Read(source.clone(), 3), Step::Read(source, 3)]);
    let (log, _) = world.run();
    assert_eq!(log[..2], ["0 reader read \"one\"", "0 reader read \"two\""]);
}

#[test]
fn b10_a_sleeper_that_is_always_due_does_not_starve_a_reader() {
    let mut world = World::new();
    let source = filled("pipe", "x");
    world.spawn("busy", (0..1_000).map(|_| Step::Until(0)).collect());
    world.spawn("reader", vec![Step::Read(source, 1)]);
    let (log, _) = world.run();
    assert_eq!(log[0], "0 reader read \"x\"");
}
