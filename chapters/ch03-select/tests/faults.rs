//! What the world does to a loop: each fault stays with the one who asked for it.

mod support;

use std::io::Write as _;
use std::os::unix::thread::JoinHandleExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use ch03_select::{EventLoop, Source, Task, asleep};
use nix::sys::pthread::pthread_kill;
use nix::sys::signal::Signal::SIGUSR1;
use support::{Step, World, filled, pipe};
use trace::{Clock, Observer};

#[test]
fn a_panic_ends_its_own_task_and_no_other() {
    std::panic::set_hook(Box::new(|_| {}));
    let mut world = World::new();
    world.spawn("bad", vec![Step::Panic]);
    world.spawn("good", vec![Step::Until(10)]);
    assert_eq!(world.run().1, ["failed: panicked: boom", "good"]);
}

#[test]
fn a_failure_ends_its_own_task_and_no_other() {
    let mut world = World::new();
    world.spawn("bad", vec![Step::Until(5), Step::Fail]);
    world.spawn("good", vec![Step::Until(10)]);
    assert_eq!(world.run().1, ["failed: boom", "good"]);
}

#[test]
fn a_signal_interrupts_the_wait_and_nothing_else() {
    let pending = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(SIGUSR1 as i32, pending.clone())
        .expect("a signal of ours");
    let (source, mut writer) = std::io::pipe().expect("descriptors to spare");
    let reader = thread::spawn(move || {
        let mut world = World::new();
        world.spawn("reader", vec![Step::Read(Source::new("pipe", source), 1)]);
        world.run().1
    });
    for _ in 0..50 {
        pthread_kill(reader.as_pthread_t(), SIGUSR1).expect("it waits for the byte");
        thread::yield_now();
    }
    writer.write_all(b"x").expect("a pipe holds a byte");
    assert_eq!(reader.join().expect("the loop survives"), ["reader"]);
    assert!(pending.load(Ordering::SeqCst), "a signal arrived");
}

#[test]
fn a_deadline_in_the_past_is_due_at_once() {
    let mut world = World::new();
    let clock = world.clock.clone();
    let work = move || clock.work(Duration::from_millis(100));
    world.spawn("late", vec![Step::Do(Box::new(work)), Step::Until(1)]);
    assert_eq!(world.run().0, ["100 late ended"]);
}

#[test]
fn the_longest_sleep_there_is_ends() {
    let clock = Clock::virtual_time();
    let mut event_loop = EventLoop::new(&clock, &Observer::none());
    event_loop.spawn(Task::new("forever", asleep(&clock, Duration::MAX)));
    assert!(matches!(event_loop.run()[..], [Ok(())]));
}

#[test]
fn the_longest_sleep_there_is_does_not_stop_a_reader() {
    let mut world = World::new();
    world.spawn("forever", vec![Step::Until(u64::MAX)]);
    world.spawn("reader", vec![Step::Read(filled("pipe", "x"), 1)]);
    assert_eq!(world.run().0[0], "0 reader read \"x\"");
}

#[test]
fn reading_nothing_needs_no_descriptor() {
    let mut world = World::new();
    let (source, _writer) = pipe("pipe");
    world.spawn("reader", vec![Step::Read(source, 0)]);
    assert_eq!(world.run().0[0], "0 reader read \"\"");
}

#[test]
fn the_largest_read_there_is_takes_what_is_there() {
    let mut world = World::new();
    world.spawn("reader", vec![Step::Read(filled("pipe", "all"), usize::MAX)]);
    assert_eq!(world.run().0[0], "0 reader read \"all\"");
}

#[test]
fn a_short_read_is_gone_on_with() {
    let mut world = World::new();
    let (source, mut writer) = pipe("pipe");
    let mut write =
        move |text: &'static str| writer.write_all(text.as_bytes()).expect("room");
    world.spawn("reader", vec![Step::Read(source, 6)]);
    let parts = [(10, "on"), (20, "et"), (30, "wo")];
    let plan = std::cell::RefCell::new(parts.into_iter());
    let next = move || write(plan.borrow_mut().next().expect("three parts").1);
    let next = std::rc::Rc::new(std::cell::RefCell::new(next));
    let write_next = || {
        let next = next.clone();
        Step::Do(Box::new(move || (next.borrow_mut())()))
    };
    let steps = [10, 20, 30].into_iter().flat_map(|ms| [Step::Until(ms), write_next()]);
    world.spawn("writer", steps.collect());
    let (log, _) = world.run();
    assert!(log.contains(&"30 reader read \"onetwo\"".to_owned()), "{log:?}");
}

#[test]
fn three_readers_of_one_source_are_served_in_the_order_in_which_they_asked() {
    let mut world = World::new();
    let source = filled("pipe", "abc");
    for name in ["first", "second", "third"] {
        world.spawn(name, vec![Step::Read(source.clone(), 1)]);
    }
    let (log, _) = world.run();
    let read: Vec<_> = log.iter().filter(|line| line.contains("read")).collect();
    assert_eq!(read, ["0 first read \"a\"", "0 second read \"b\"", "0 third read \"c\""]);
}
