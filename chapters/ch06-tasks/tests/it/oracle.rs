//! The same program in Python and in Rust: the same lines, at the same times, by the same
//! tasks, in the same turns of the loop.
//!
//! `oracle/NNN.events` holds what CPython 3.11 did, a line per printed line: time in
//! milliseconds, turn (counted from the run's first line), task, text. `callback` is a
//! plain function that the loop calls, `main` what runs outside it (in no turn: `-`),
//! `*` a turn that depends on rows that Rust has no counterpart of. An empty line parts
//! two runs of a loop; tasks are numbered from 1 in each.

use std::path::Path;

use trace::{Clock, Observer, Setting, What};

use crate::twins::{awaits, callbacks, cancels, tasks};

/// One line of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    t_ms: u64,
    /// None: not compared.
    turn: Option<u64>,
    task: String,
    text: String,
}

/// The runs that Python made, each with its lines.
fn recorded(number: &str) -> Vec<Vec<Line>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle");
    let file = folder.join(format!("{number}.events"));
    let text = std::fs::read_to_string(file).expect("recorded events");
    let (_, text) = text.split_once('\n').expect("a heading");
    text.split("\n\n").map(|run| run.lines().map(line).collect()).collect()
}

fn line(text: &str) -> Line {
    let parts: Vec<&str> = text.splitn(4, '\t').collect();
    let [t_ms, turn, task, text] = parts[..] else { panic!("four columns: {text:?}") };
    let t_ms = t_ms.parse().expect("a time");
    Line { t_ms, turn: turn.parse().ok(), task: task.into(), text: text.into() }
}

/// What the twin prints, all runs in one.
fn printed(twin: fn(&Setting)) -> Vec<Line> {
    let clock = Clock::virtual_time();
    let observer = Observer::recording(clock.clone());
    let setting = Setting { clock, observer };
    setting.observer.around("main", || twin(&setting));
    let lines = setting.observer.events().into_iter().filter_map(|event| {
        let What::Printed { text } = event.what else { return None };
        let task = event.task.expect("somebody printed it");
        let turn = Some(event.turn);
        Some(Line { t_ms: event.t_ns / 1_000_000, turn, task, text })
    });
    lines.collect()
}

/// Counts turns from the first line of a run, and leaves out those that `like` does.
fn comparable(run: &[Line], like: &[Line]) -> Vec<Line> {
    let first = run.iter().zip(like).find(|(_, like)| like.turn.is_some());
    let first = first.and_then(|(line, _)| line.turn).unwrap_or(0);
    let relative = |(line, like): (&Line, &Line)| {
        let turn = line.turn.filter(|_| like.turn.is_some()).map(|turn| turn - first);
        Line { turn, ..line.clone() }
    };
    run.iter().zip(like).map(relative).collect()
}

fn check(number: &str, twin: fn(&Setting)) {
    let (recorded, printed) = (recorded(number), printed(twin));
    let all: Vec<_> = recorded.concat();
    let texts = |lines: &[Line]| lines.iter().map(|l| l.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&printed), texts(&all), "level A: the lines");
    let mut rest = &printed[..];
    for run in &recorded {
        let (own, later) = rest.split_at(run.len());
        assert_eq!(
            comparable(own, run),
            *run,
            "levels B and C: who, when, in which turn"
        );
        rest = later;
    }
}

macro_rules! twins {
    ($($name:ident = $number:literal: $twin:path;)*) => {
        $(#[test] fn $name() { check($number, $twin); })*
    };
}

twins! {
    oracle_001_await_without_suspend = "001": awaits::without_suspend;
    oracle_002_await_without_suspend_gather = "002": awaits::without_suspend_gather;
    oracle_003_sequential_await = "003": awaits::sequential;
    oracle_004_create_task_two = "004": tasks::two;
    oracle_005_create_task_result = "005": tasks::result;
    oracle_006_sleep_zero = "006": tasks::sleep_zero;
    oracle_008_caller_never_yields = "008": awaits::caller_never_yields;
    oracle_009_caller_sync_callee = "009": awaits::caller_sync_callee;
    oracle_010_caller_async_callee = "010": awaits::caller_async_callee;
    oracle_011_caller_inner_callee = "011": awaits::caller_inner_callee;
    oracle_012_yield_return_awaitable = "012": awaits::yield_return_awaitable;
    oracle_022_create_task_done = "022": tasks::done;
    oracle_023_three_tasks = "023": tasks::three;
    oracle_024_task_methods = "024": tasks::methods;
    oracle_025_future_api = "025": callbacks::future_api;
    oracle_033_current_and_all_tasks = "033": tasks::current_and_all;
    oracle_072_futures_foo_bar = "072": callbacks::foo_bar;
    oracle_078_fire_and_forget = "078": cancels::fire_and_forget;
    oracle_079_destroyed_but_pending = "079": cancels::destroyed_but_pending;
    oracle_080_gather_all_pending = "080": cancels::gather_all_pending;
    oracle_081_kill_echo_forever = "081": cancels::kill_echo_forever;
    oracle_085_long_operation = "085": tasks::long_operation;
    oracle_089_callback_and_stop = "089": callbacks::callback_and_stop;
    oracle_090_await_vs_create_task_1 = "090": tasks::await_vs_spawn_1;
    oracle_091_await_vs_create_task_2 = "091": tasks::await_vs_spawn_2;
    oracle_097_count_hello = "097": awaits::count_hello;
    oracle_098_count_without_sleep = "098": cancels::count_without_sleep;
    oracle_099_count_sleep_before_print = "099": awaits::count_sleep_first;
    oracle_100_count_await_task = "100": awaits::count_await_task;
    oracle_101_count_await_coroutine = "101": awaits::count_await_coroutine;
    oracle_102_await_create_task_vs_await = "102": tasks::await_or_spawn;
    oracle_103_ensure_future = "103": tasks::ensure_future;
    oracle_109_recv_method_chain = "109": callbacks::recv_chain;
    oracle_112_run_in_next_iteration = "112": callbacks::next_turn;
    oracle_114_latency_in_iterations = "114": callbacks::latency;
    oracle_115_order_in_one_iteration = "115": callbacks::order_in_a_turn;
}
