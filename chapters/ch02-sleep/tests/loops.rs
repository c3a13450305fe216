//! Both loops, the sorted list and the heap, pass the same tests.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use ch02_sleep::{
    AsyncSleep, Coroutine, CoroutineState, Error, EventLoop, Resumed, Task, asleep,
};
use trace::{Clock, Observer};

use CoroutineState::{Complete, Yielded};

/// What either loop can be called as.
type Run<R> = fn(&Clock, &Observer, Vec<Task<R>>) -> Vec<Result<R, Error>>;

fn heap<R>(
    clock: &Clock,
    observer: &Observer,
    tasks: Vec<Task<R>>,
) -> Vec<Result<R, Error>> {
    let mut event_loop = EventLoop::new(clock, observer);
    for task in tasks {
        event_loop.spawn(task);
    }
    event_loop.run()
}

/// Sleeps for each of its times in turn, and writes its name and the time down at each
/// resumption.
struct Sleeper {
    name: &'static str,
    clock: Clock,
    sleeps: Vec<u64>,
    log: Log,
}

type Log = Rc<RefCell<Vec<(u128, &'static str)>>>;

impl Coroutine for Sleeper {
    type Yield = AsyncSleep;
    type Return = &'static str;

    fn resume(&mut self) -> Resumed<Self> {
        self.log.borrow_mut().push((self.clock.now().as_millis(), self.name));
        if self.sleeps.is_empty() {
            return Ok(Complete(self.name));
        }
        let time = Duration::from_millis(self.sleeps.remove(0));
        Ok(Yielded(AsyncSleep::after(&self.clock, time)))
    }
}

/// Runs sleepers of these names and times: who was resumed when, and what they returned.
fn sleepers(
    run: Run<&'static str>,
    all: &[(&'static str, &[u64])],
) -> (Vec<(u128, &'static str)>, Vec<&'static str>) {
    let (clock, log) = (Clock::virtual_time(), Log::default());
    let task = |(name, sleeps): &(&'static str, &[u64])| {
        let (clock, log) = (clock.clone(), log.clone());
        Task::new(*name, Sleeper { name, clock, sleeps: sleeps.to_vec(), log })
    };
    let tasks = all.iter().map(task).collect();
    let results = run(&clock, &Observer::none(), tasks);
    let log = log.borrow().clone();
    (
        log,
        results
            .into_iter()
            .map(|result| result.expect("a sleeper never fails"))
            .collect(),
    )
}

/// Eight tasks ask for the same moment, one after the other.
fn equal_deadlines(run: Run<&'static str>) {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let all: Vec<(_, &[u64])> = names.iter().map(|name| (*name, &[5][..])).collect();
    let (log, _) = sleepers(run, &all);
    let at_five = log.iter().filter(|(time, _)| *time == 5);
    let woken: Vec<_> = at_five.map(|(_, name)| *name).collect();
    assert_eq!(woken, names);
}

/// The same tests for each loop.
macro_rules! tests_of {
    ($name:ident, $run:expr) => {
        mod $name {
            use super::*;

            #[test]
            fn nothing_to_run_ends_at_once() {
                assert_eq!(sleepers($run, &[]), (vec![], vec![]));
            }

            #[test]
            fn the_earliest_deadline_is_next() {
                let (log, _) = sleepers($run, &[("slow", &[30]), ("fast", &[10])]);
                let then = &log[2..];
                assert_eq!(then, [(10, "fast"), (30, "slow")]);
            }

            #[test]
            fn equal_deadlines_go_on_in_the_order_in_which_they_asked() {
                equal_deadlines($run);
            }

            #[test]
            fn results_come_in_the_order_of_the_tasks() {
                let (_, results) = sleepers($run, &[("slow", &[30]), ("fast", &[10])]);
                assert_eq!(results, ["slow", "fast"]);
            }

            #[test]
            fn a_sleep_of_zero_lets_everyone_who_is_due_go_first() {
                let (log, _) = sleepers($run, &[("polite", &[0, 0]), ("other", &[])]);
                let names: Vec<_> = log.iter().map(|(_, name)| *name).collect();
                assert_eq!(names, ["polite", "other", "polite", "polite"]);
            }

            #[test]
            fn sleeps_run_side_by_side() {
                let (log, _) = sleepers($run, &[("a", &[50, 50]), ("b", &[50, 50])]);
                assert_eq!(log.last(), Some(&(100, "b")));
            }

            #[test]
            fn the_longest_sleep_there_is_ends() {
                let clock = Clock::virtual_time();
                let forever = Task::new("forever", asleep(&clock, Duration::MAX));
                let results = $run(&clock, &Observer::none(), vec![forever]);
                assert!(matches!(results[..], [Ok(())]));
            }
        }
    };
}

tests_of!(sorted_list, ch02_sleep::run);
tests_of!(the_heap, heap);

#[test]
fn asleep_sleeps_in_two_halves_that_make_a_whole() {
    let clock = Clock::virtual_time();
    let mut odd = asleep(&clock, Duration::from_nanos(3));
    let mut until = Vec::new();
    while let Ok(Yielded(event)) = odd.resume() {
        until.push(event.until.as_nanos());
        clock.sleep_until(event.until);
    }
    assert_eq!(until, [1, 3]);
}
