//! What the world does to a loop: each fault stays with the one who asked for it.

mod support;

use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::os::unix::thread::JoinHandleExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use ch03_select::{EventLoop, Source, Task, asleep, timeval};
use nix::sys::pthread::pthread_kill;
use nix::sys::signal::Signal::SIGUSR1;
use nix::sys::time::{TimeVal, TimeValLike as _};
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

#[test]
fn a_writer_that_goes_away_while_it_is_awaited_is_the_end_and_others_go_on() {
    let mut world = World::new();
    let ((left, leaves), (good, mut writer)) = (pipe("left"), pipe("good"));
    world.spawn("left", vec![Step::Read(left, 1)]);
    world.spawn("good", vec![Step::Read(good, 1)]);
    let mut leaves = Some(leaves);
    let leave = Step::Do(Box::new(move || drop(leaves.take())));
    let write = move || writer.write_all(b"x").expect("a pipe holds a byte");
    let write = Step::Do(Box::new(write));
    world.spawn("writer", vec![Step::Until(1), leave, Step::Until(2), write]);
    let (log, _) = world.run();
    assert_eq!(log[..2], ["1 left read \"\"", "1 left ended"]);
    assert!(log.contains(&"2 good read \"x\"".to_owned()), "{log:?}");
}

#[test]
fn a_reset_fails_the_one_who_reads_and_no_other() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("bound");
    let client = TcpStream::connect(address).expect("the queue has room");
    let (mut server, _) = listener.accept().expect("it is waiting");
    // The client closes with a byte unread: what was sent to it is lost.
    server.write_all(b"x").expect("room");
    drop(client);
    let mut world = World::new();
    world.spawn("reader", vec![Step::Read(Source::new("server", server), 1)]);
    world.spawn("good", vec![Step::Read(filled("pipe", "x"), 1)]);
    let (_, results) = world.run();
    assert!(results[0].contains("reset"), "{results:?}");
    assert_eq!(results[1], "good");
}

#[test]
fn a_sleep_of_zero_gives_way_once() {
    let mut world = World::new();
    let log = std::rc::Rc::new(std::cell::RefCell::new(String::new()));
    for name in ["a", "b", "c"] {
        let say = || {
            let log = log.clone();
            Step::Do(Box::new(move || log.borrow_mut().push_str(name)))
        };
        world.spawn(name, vec![say(), Step::Until(0), say()]);
    }
    world.run();
    assert_eq!(*log.borrow(), "abcabc");
}

#[test]
fn a_timeout_is_rounded_up_so_that_none_is_cut_to_nothing() {
    let microseconds = |nanoseconds| timeval(Duration::from_nanos(nanoseconds));
    assert_eq!(microseconds(0), TimeVal::microseconds(0));
    assert_eq!(microseconds(1), TimeVal::microseconds(1));
    assert_eq!(microseconds(1_000), TimeVal::microseconds(1));
    assert_eq!(microseconds(1_001), TimeVal::microseconds(2));
    assert_eq!(timeval(Duration::MAX), TimeVal::seconds(24 * 60 * 60));
}
