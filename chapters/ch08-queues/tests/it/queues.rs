//! Queues.

use std::rc::Rc;

use ch06_tasks::{spawn, yield_now};
use ch08_queues::{LifoQueue, PriorityQueue, Queue, QueueEmpty, QueueFull};

use crate::{Drops, Log, panic_of, poll, runtime, waiting};

#[test]
fn which_item_is_next_is_up_to_the_kind_of_queue() {
    let items = [3, 1, 2];
    let (fifo, lifo, smallest) =
        (Queue::unbounded(), LifoQueue::default(), PriorityQueue::default());
    for item in items {
        assert!(fifo.try_put(item).is_ok() && lifo.try_put(item).is_ok());
        assert!(smallest.try_put(item).is_ok());
    }
    assert_eq!(items.map(|_| fifo.try_get().unwrap()), [3, 1, 2]);
    assert_eq!(items.map(|_| lifo.try_get().unwrap()), [2, 1, 3]);
    assert_eq!(items.map(|_| smallest.try_get().unwrap()), [1, 2, 3]);
}

#[test]
fn a_full_queue_makes_who_puts_wait_in_line() {
    runtime().block_on(async {
        let queue = Queue::bounded(1);
        queue.put(1).await;
        assert!(queue.is_full());
        assert_eq!(queue.try_put(9), Err(QueueFull(9)));
        let mut second = waiting(queue.put(2)).await;
        let mut third = waiting(queue.put(3)).await;
        assert_eq!(queue.try_get(), Ok(1));
        assert_eq!(queue.try_put(9), Err(QueueFull(9)), "the room is promised");
        assert!(poll(&mut third).await.is_none());
        assert!(poll(&mut second).await.is_some());
        assert_eq!(queue.get().await, 2);
        assert!(poll(&mut third).await.is_some());
        assert_eq!((queue.len(), queue.capacity()), (1, 1));
    });
}

/// In asyncio a newcomer that runs before the woken task takes its item, and the woken
/// one goes to the end of the line. Here the item is given when it is put.
#[test]
fn a_newcomer_does_not_get_the_item_of_a_woken_task() {
    runtime().block_on(async {
        let queue = Queue::unbounded();
        let mut first = waiting(queue.get()).await;
        queue.put(1).await;
        assert_eq!(queue.try_get(), Err(QueueEmpty));
        let mut newcomer = waiting(queue.get()).await;
        assert_eq!(poll(&mut first).await, Some(1));
        assert!(poll(&mut newcomer).await.is_none());
        assert!(queue.is_empty());
    });
}

#[test]
fn a_woken_getter_that_is_dropped_leaves_its_item_to_the_next() {
    runtime().block_on(async {
        let queue = Queue::unbounded();
        let first = waiting(queue.get()).await;
        let mut second = waiting(queue.get()).await;
        queue.put("item").await;
        drop(first);
        assert_eq!(poll(&mut second).await, Some("item"));
        let third = waiting(queue.get()).await;
        queue.put("another").await;
        drop(third);
        assert_eq!(queue.try_get(), Ok("another"), "or to the queue");
    });
}

#[test]
fn a_woken_putter_that_is_dropped_leaves_its_room_to_the_next_and_puts_nothing() {
    runtime().block_on(async {
        let queue = Queue::bounded(1);
        queue.put("a").await;
        let second = waiting(queue.put("b")).await;
        let mut third = waiting(queue.put("c")).await;
        assert_eq!(queue.get().await, "a");
        drop(second);
        assert!(poll(&mut third).await.is_some());
        assert_eq!(queue.try_get(), Ok("c"));
        assert_eq!(queue.try_get(), Err(QueueEmpty));
    });
}

#[test]
fn join_waits_for_as_many_ends_as_items_were_put() {
    let (log, queue) = (Log::default(), Rc::new(Queue::<u32>::unbounded()));
    runtime().block_on(async {
        queue.join().await;
        queue.put(1).await;
        queue.put(2).await;
        let joins = queue.clone();
        let joined = log.after("joined", async move { joins.join().await });
        for _ in 0..2 {
            yield_now().await;
            assert!(log.lines().is_empty());
            queue.get().await;
            queue.task_done();
        }
        // Decided when the last was done, not when the task runs.
        queue.put(3).await;
        joined.await.unwrap();
    });
}

#[test]
fn to_be_done_more_often_than_put_is_a_mistake() {
    let queue = Queue::<u32>::unbounded();
    queue.try_put(1).unwrap();
    queue.task_done();
    assert_eq!(panic_of(|| queue.task_done()), "task_done() called too many times");
}

#[test]
fn values_are_dropped_once_wherever_they_are() {
    let drops = Drops::default();
    runtime().block_on(async {
        let queue = Rc::new(Queue::bounded(2));
        queue.put(drops.value()).await;
        queue.put(drops.value()).await;
        let (inside, value) = (queue.clone(), drops.value());
        let puts = spawn(async move { inside.put(value).await });
        yield_now().await;
        drop(queue.get().await);
        assert_eq!(drops.count(), 1);
        puts.abort();
        assert!(puts.await.is_err());
        assert_eq!(drops.count(), 2, "what was never put");
        drop(queue);
        assert_eq!(drops.count(), 3, "what was never got");
    });
}

#[test]
fn a_queue_without_room_is_a_mistake() {
    assert_eq!(panic_of(|| Queue::<u32>::bounded(0)), "a queue without room");
}
