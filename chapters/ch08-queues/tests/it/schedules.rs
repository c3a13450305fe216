//! Many schedules: tasks come, wait, get, and are dropped, in an order that a number
//! decides. What is promised must hold after each step.

use std::collections::{BTreeMap, VecDeque};
use std::pin::Pin;

use ch08_queues::{Queue, Semaphore, SemaphorePermit};

use crate::{poll, runtime};

/// Marsaglia's xorshift: a different number each time, the same on each machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("it is below a usize")
    }
}

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Polls one of those who wait. What it gives, if it is ready; then it is gone.
async fn poll_any<T>(
    random: &mut Random,
    waiting: &mut Vec<(usize, Boxed<'_, T>)>,
) -> Option<(usize, T)> {
    let at = random.below(waiting.len().max(1));
    let (number, wait) = waiting.get_mut(at)?;
    let (number, output) = (*number, poll(wait).await?);
    drop(waiting.remove(at));
    Some((number, output))
}

fn drop_any<T>(random: &mut Random, waiting: &mut Vec<(usize, Boxed<'_, T>)>) {
    if !waiting.is_empty() {
        drop(waiting.remove(random.below(waiting.len())));
    }
}

/// In a bounded queue each item that was put is got once, or is still there.
async fn queue_schedule(seed: u64) {
    let (mut random, queue) = (Random(seed), Queue::<usize>::bounded(3));
    let (mut puts, mut gets) = (Vec::<(usize, Boxed<'_, ()>)>::new(), Vec::new());
    let (mut put, mut got) = (Vec::new(), Vec::new());
    for step in 0..200 {
        match random.below(7) {
            0 => puts.push((step, Box::pin(queue.put(step)))),
            1 => gets.push((step, Box::pin(queue.get()) as Boxed<'_, usize>)),
            2 | 3 => put.extend(poll_any(&mut random, &mut puts).await.map(|it| it.0)),
            4 => got.extend(poll_any(&mut random, &mut gets).await.map(|it| it.1)),
            5 => drop_any(&mut random, &mut puts),
            _ => drop_any(&mut random, &mut gets),
        }
        assert!(queue.len() <= 3, "seed {seed}, step {step}");
    }
    drop((puts, gets));
    got.extend(std::iter::from_fn(|| queue.try_get().ok()));
    assert_eq!(got, put, "seed {seed}: first in, first out, none lost, none twice");
    assert!(queue.is_empty() && !queue.is_full());
}

#[test]
fn a_queue_neither_loses_nor_doubles_in_200_schedules() {
    runtime().block_on(async {
        for seed in 1..=200 {
            queue_schedule(seed).await;
        }
    });
}

/// Permits are never more nor less than there were; and who waits is served in the order
/// of arrival, as a list of numbers says that knows nothing of promises.
async fn semaphore_schedule(seed: u64) {
    const PERMITS: usize = 4;
    let (mut random, semaphore) = (Random(seed), &Semaphore::bounded(PERMITS));
    let mut waits = Vec::<(usize, Boxed<'_, SemaphorePermit<'_>>)>::new();
    let (mut held, mut needs) = (BTreeMap::new(), BTreeMap::new());
    let (mut line, mut free) = (VecDeque::<usize>::new(), PERMITS);
    for step in 0..200 {
        match random.below(4) {
            0 => {
                let need = random.below(3) + 1;
                needs.insert(step, need);
                let count = u32::try_from(need).expect("at most three");
                let permit = async move { semaphore.acquire_many(count).await.unwrap() };
                let mut permit: Boxed<'_, _> = Box::pin(permit);
                match poll(&mut permit).await {
                    Some(permit) => drop(held.insert(step, permit)),
                    None => waits.push((step, permit)),
                }
                line.push_back(step);
            }
            1 => {
                let ready = poll_any(&mut random, &mut waits).await;
                held.extend(ready);
            }
            2 => {
                let first = held.pop_first();
                free += first.map_or(0, |(number, _)| needs[&number]);
            }
            _ if waits.is_empty() => {}
            _ => {
                let (number, wait) = waits.remove(random.below(waits.len()));
                drop(wait);
                match line.iter().position(|it| *it == number) {
                    Some(at) => drop(line.remove(at)),
                    None => free += needs[&number],
                }
            }
        }
        while let Some(first) = line.front().filter(|it| needs[it] <= free) {
            free -= needs[first];
            line.pop_front();
        }
        assert_eq!(semaphore.available_permits(), free, "seed {seed}, step {step}");
        for number in held.keys() {
            assert!(!line.contains(number), "seed {seed}: {number} before its turn");
        }
    }
    drop((waits, held));
    assert_eq!(semaphore.available_permits(), PERMITS, "seed {seed}");
}

#[test]
fn a_semaphore_serves_in_order_and_loses_no_permit_in_200_schedules() {
    runtime().block_on(async {
        for seed in 1..=200 {
            semaphore_schedule(seed).await;
        }
    });
}
