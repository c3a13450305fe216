//! What a timer costs, on a sorted list and on a heap, with many others set.
//!
//! One operation: take the first out, and put it back with another deadline. So as many
//! are set after it as before. The other deadline lies somewhere among those that are
//! set, as far on as a fixed sequence of numbers says.

use std::hint::black_box;
use std::time::Duration;

use ch02_sleep::{Task, Timers, asleep};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use trace::Clock;

/// How many are set.
const SIZES: [usize; 5] = [10, 100, 1_000, 10_000, 100_000];

/// What loops keep of a task that sleeps: until when, its place, and itself.
type Sleeper = (Duration, usize, Task<()>);

/// Whole milliseconds below `limit`, the same at every run.
struct Sequence {
    /// The last number, before it is cut to size (Knuth's MMIX generator).
    state: u64,
    /// One more than the greatest.
    limit: u64,
}

impl Sequence {
    fn next(&mut self) -> Duration {
        let state = self.state.wrapping_mul(6_364_136_223_846_793_005);
        self.state = state.wrapping_add(1_442_695_040_888_963_407);
        Duration::from_millis((self.state >> 33) % self.limit)
    }
}

/// That many sleepers in order of deadlines, and further deadlines.
fn sleepers(size: usize) -> (Vec<Sleeper>, Sequence) {
    let clock = Clock::virtual_time();
    let limit = 2 * u64::try_from(size).expect("a few thousand");
    let mut sequence = Sequence { state: 1, limit };
    let task = |id| Task::new("sleeper", asleep(&clock, Duration::from_millis(id)));
    let mut all: Vec<Sleeper> =
        (0..size).map(|id| (sequence.next(), id, task(id as u64))).collect();
    all.sort_by_key(|(until, ..)| *until);
    (all, sequence)
}

fn timers(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("timers");
    for size in SIZES {
        group.bench_function(BenchmarkId::new("list", size), |bencher| {
            let (mut list, mut sequence) = sleepers(size);
            // The lines of `chapters/ch02-sleep/src/sorted_list.rs`.
            bencher.iter(|| {
                let (until, id, task) = list.remove(0);
                list.push((until + sequence.next(), id, task));
                list.sort_by_key(|(until, ..)| *until);
                black_box(&list);
            });
        });
        group.bench_function(BenchmarkId::new("heap", size), |bencher| {
            let (sorted, mut sequence) = sleepers(size);
            let mut timers = Timers::new();
            for (until, id, task) in sorted {
                timers.push(until, (id, task));
            }
            bencher.iter(|| {
                let (until, item) = timers.pop().expect("as many as before");
                timers.push(until + sequence.next(), item);
                black_box(&timers);
            });
        });
    }
    group.finish();
}

/// A second to warm up, three to measure.
fn settings() -> Criterion {
    let settings = Criterion::default().warm_up_time(Duration::from_secs(1));
    settings.measurement_time(Duration::from_secs(3))
}

criterion_group! { name = benches; config = settings(); targets = timers }
criterion_main!(benches);
