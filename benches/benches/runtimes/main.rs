//! What the readable runtime costs beside two that are in use: the same five programs on
//! chapter 6 with its layers, on Tokio's runtime for one thread, and on smol's executor for
//! one thread.
//!
//! Each program does its thing [`COUNT`] times in one `block_on` of a runtime that exists
//! already. The files beside this one have the programs, as like one another as the three
//! interfaces let them be.

mod ours;
mod smol_rs;
mod tokio_rs;

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};

/// How often each program does what it measures.
const COUNT: u32 = 1_000;

/// The programs of one runtime. Each runs once when it is called.
struct Programs {
    /// As it is called in the book.
    name: &'static str,
    /// Spawns tasks that return a number, then joins them in order.
    spawn: Box<dyn FnMut()>,
    /// Two tasks give way in turns.
    yields: Box<dyn FnMut()>,
    /// A task sends numbers to another, through a channel with room for 16.
    channel: Box<dyn FnMut()>,
    /// Sets a timer an hour ahead, and drops it.
    timer: Box<dyn FnMut()>,
    /// A byte goes to a task over loopback, and comes back.
    echo: Box<dyn FnMut()>,
}

fn runtimes(criterion: &mut Criterion) {
    for programs in [ours::programs(), tokio_rs::programs(), smol_rs::programs()] {
        let Programs { name, spawn, yields, channel, timer, echo } = programs;
        let all = [
            ("spawn", spawn),
            ("yield", yields),
            ("channel", channel),
            ("timer", timer),
            ("echo", echo),
        ];
        for (group, mut program) in all {
            let mut group = criterion.benchmark_group(format!("runtimes-{group}"));
            group.bench_function(BenchmarkId::new(name, COUNT), |bencher| {
                bencher.iter(&mut program);
            });
            group.finish();
        }
    }
}

/// A second to warm up, three to measure.
fn settings() -> Criterion {
    let settings = Criterion::default().warm_up_time(Duration::from_secs(1));
    settings.measurement_time(Duration::from_secs(3))
}

criterion_group! { name = benches; config = settings(); targets = runtimes }
criterion_main!(benches);
