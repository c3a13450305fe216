//! The table of text: columns, units, words.

use std::time::Duration;

use trace::{Came, Clock, Header, How, Observer, On, Trace, say};

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// What `program` leaves in the trace, as text.
fn text(program: impl FnOnce(&Clock, &Observer)) -> String {
    let clock = Clock::virtual_time();
    let observer = Observer::recording(clock.clone());
    program(&clock, &observer);
    let header = Header { program: "p".into(), scenario: "s".into(), virtual_time: true };
    Trace { header, events: observer.events() }.to_text()
}

#[test]
fn the_example_of_the_documentation_reads_so() {
    let text = text(|clock, observer| {
        observer.turn();
        observer.resumed("sleepy-1");
        say!("step {}", 1);
        observer.suspended("sleepy-1", On::timer(ms(50)));
        observer.turn();
        observer.waiting(Some(ms(50)), 2, 1);
        clock.sleep_until(ms(50));
        observer.ready([Came::Timer("sleepy-1".into()), Came::Readable("pipe".into())]);
    });
    assert_eq!(
        text,
        " time  turn  who       what
 0 ms     1  sleepy-1  resumed
 0 ms     1  sleepy-1  prints: step 1
 0 ms     1  sleepy-1  suspended until 50 ms
 0 ms     2  loop      waits 50 ms (2 timers, 1 descriptor)
50 ms     2  loop      woke: timer of sleepy-1, pipe is readable
"
    );
}

#[test]
fn a_trace_is_told_in_the_parts_of_its_lines() {
    let clock = Clock::virtual_time();
    let observer = Observer::recording(clock.clone());
    observer.suspended("sleepy-1", On::timer(ms(50)));
    clock.sleep_until(ms(50));
    observer.ready([Came::Timer("sleepy-1".into())]);
    let header = Header { program: "p".into(), scenario: "s".into(), virtual_time: true };
    let trace = Trace { header, events: observer.events() };
    let told = trace.told();
    assert_eq!(told.len(), 2);
    assert_eq!((&*told[0].time, &*told[0].who), ("0 ms", "sleepy-1"));
    assert_eq!(told[0].due.as_deref(), Some("50 ms"));
    assert_eq!((&*told[1].time, &*told[1].who), ("50 ms", "loop"));
    assert_eq!((&*told[1].what, &told[1].due), ("woke: timer of sleepy-1", &None));
}

#[test]
fn without_turns_and_time_their_columns_are_left_out() {
    let text = text(|_, observer| observer.around("main", || say!("hello")));
    assert_eq!(text, "who   what\nmain  prints: hello\n");
}

#[test]
fn a_printed_line_end_does_not_end_the_line_of_the_table() {
    let text = text(|_, observer| observer.around("main", || say!("GET /\r\n\r\n")));
    assert_eq!(text, "who   what\nmain  prints: GET /\\r\\n\\r\\n\n");
}

#[test]
fn time_without_turns_keeps_its_column() {
    let text = text(|clock, observer| {
        clock.work(ms(60_000));
        observer.around("main", || say!("done"));
    });
    assert_eq!(text, " time  who   what\n1 min  main  prints: done\n");
}

/// The one time that a trace shows, `time` after its start.
fn shown(time: Duration) -> String {
    let text = text(|clock, observer| {
        observer.turn();
        clock.work(time);
        observer.spawned("a");
    });
    text.lines()
        .nth(1)
        .and_then(|line| line.split("  ").find(|w| !w.is_empty()))
        .unwrap_or_default()
        .trim()
        .to_owned()
}

#[test]
fn the_unit_is_the_coarsest_in_which_all_times_are_whole() {
    assert_eq!(shown(ms(50)), "50 ms");
    assert_eq!(shown(ms(5_000)), "5 s");
    assert_eq!(shown(ms(90_000)), "90 s");
    assert_eq!(shown(ms(120_000)), "2 min");
    assert_eq!(shown(ms(7_200_000)), "2 h");
    assert_eq!(shown(Duration::ZERO), "0 ms");
}

#[test]
fn below_a_millisecond_there_are_decimals() {
    assert_eq!(shown(Duration::from_micros(250)), "0.25 ms");
    assert_eq!(shown(Duration::from_nanos(1_500)), "0.001 ms");
}

#[test]
fn every_way_to_suspend_and_to_end_has_its_words() {
    let text = text(|_, observer| {
        let on = [
            On::Turn,
            On::Nothing,
            On::Value("1".into()),
            On::Writable("socket".into()),
            On::Task("b".into()),
            On::Future("mailbox".into()),
        ];
        for on in on {
            observer.resumed("a");
            observer.suspended("a", on);
        }
        observer.woken("a", "b");
        observer.ready([]);
        for how in [How::Panicked("oh".into()), How::Cancelled, How::Closed] {
            observer.ended("a", how);
        }
    });
    insta::assert_snapshot!(text);
}

#[test]
fn two_traces_beside_each_other_have_the_same_columns() {
    let traces = ["a", "a-longer-name"].map(|name| {
        let observer = Observer::recording(Clock::virtual_time());
        observer.spawned(name);
        let header =
            Header { program: "p".into(), scenario: "s".into(), virtual_time: true };
        Trace { header, events: observer.events() }
    });
    let [short, long] = &traces;
    let heading = |text: String| text.lines().next().map(str::to_owned);
    assert_eq!(heading(short.to_text_beside(long)), heading(long.to_text_beside(short)));
    assert_eq!(long.to_text_beside(short), long.to_text());
}

#[test]
fn the_output_alone_is_what_was_printed() {
    let observer = Observer::recording(Clock::virtual_time());
    observer.around("main", || {
        say!("one");
        observer.resumed("a");
        say!("two");
        observer.finished("a", How::Returned(None));
        say!("three");
    });
    let header = Header { program: "p".into(), scenario: "s".into(), virtual_time: true };
    let trace = Trace { header, events: observer.events() };
    assert_eq!(trace.to_output(), "one\ntwo\nthree\n");
    let who: Vec<_> = trace.events.iter().filter_map(|e| e.task.as_deref()).collect();
    assert_eq!(who, ["main", "a", "a", "a", "main"]);
}
