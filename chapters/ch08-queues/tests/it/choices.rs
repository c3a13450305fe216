//! A choice between channels.

use ch06_tasks::{now, sleep};
use ch08_queues::mpsc::{Receiver, UnboundedSender, unbounded_channel};
use ch08_queues::{Choice, Elapsed};

use crate::{ms, poll, runtime, waiting};

type Channel = (UnboundedSender<u32>, Receiver<u32>);

/// Three channels, each with two values: 0, 1 in the first, 10, 11 in the next, 20, 21.
fn filled() -> [Channel; 3] {
    [0, 10, 20].map(|base| {
        let (sender, receiver) = unbounded_channel();
        for value in [base, base + 1] {
            sender.send(value).unwrap();
        }
        (sender, receiver)
    })
}

fn receivers(channels: &mut [Channel]) -> Vec<&mut Receiver<u32>> {
    channels.iter_mut().map(|(_, receiver)| receiver).collect()
}

#[test]
fn by_priority_the_first_channel_that_has_something_is_served() {
    runtime().block_on(async {
        let mut channels = filled();
        let mut choice = Choice::by_priority(receivers(&mut channels));
        let mut order = Vec::new();
        for _ in 0..6 {
            order.push(choice.recv().await.expect("there are six"));
        }
        assert_eq!(order, [(0, 0), (0, 1), (1, 10), (1, 11), (2, 20), (2, 21)]);
        assert_eq!(choice.try_recv(), None);
    });
}

#[test]
fn a_fair_choice_takes_turns() {
    runtime().block_on(async {
        let mut channels = filled();
        let mut choice = Choice::fair(receivers(&mut channels));
        let mut order = vec![choice.try_recv().expect("there are six")];
        for _ in 0..5 {
            order.push(choice.recv().await.expect("there are six"));
        }
        assert_eq!(order, [(0, 0), (1, 10), (2, 20), (0, 1), (1, 11), (2, 21)]);
    });
}

#[test]
fn of_two_that_come_at_once_one_is_taken_and_the_other_stays() {
    runtime().block_on(async {
        let [(low, mut a), (high, mut b)] = [unbounded_channel(), unbounded_channel()];
        let mut choice = Choice::by_priority(vec![&mut a, &mut b]);
        let mut receive = waiting(choice.recv()).await;
        high.send("second").unwrap();
        low.send("first").unwrap();
        assert_eq!(poll(&mut receive).await, Some(Some((0, "first"))));
        drop(receive);
        assert_eq!(choice.try_recv(), Some((1, "second")));
    });
}

#[test]
fn a_choice_that_is_dropped_takes_nothing() {
    runtime().block_on(async {
        let (sender, mut receiver) = unbounded_channel();
        let mut choice = Choice::fair(vec![&mut receiver]);
        let receive = waiting(choice.recv()).await;
        sender.send(1).unwrap();
        drop(receive);
        assert_eq!(receiver.try_recv(), Ok(1));
    });
}

#[test]
fn a_choice_waits_no_longer_than_it_is_told() {
    runtime().block_on(async {
        let (sender, mut receiver) = unbounded_channel();
        let mut choice = Choice::fair(vec![&mut receiver]);
        assert_eq!(choice.recv_timeout(ms(5)).await, Err(Elapsed));
        assert_eq!(now(), ms(5));
        sender.send(1).unwrap();
        assert_eq!(choice.recv_timeout(ms(0)).await, Ok(Some((0, 1))));
        assert_eq!(now(), ms(5));
    });
}

#[test]
fn a_value_that_is_there_when_the_task_is_polled_wins_over_the_deadline() {
    runtime().block_on(async {
        let (sender, mut receiver) = unbounded_channel();
        let mut choice = Choice::fair(vec![&mut receiver]);
        let mut receive = waiting(choice.recv_timeout(ms(5))).await;
        sleep(ms(10)).await;
        sender.send(1).unwrap();
        assert_eq!(poll(&mut receive).await, Some(Ok(Some((0, 1)))));
    });
}

#[test]
fn a_choice_ends_with_the_last_of_its_channels() {
    runtime().block_on(async {
        let [(first, mut a), (second, mut b)] =
            [unbounded_channel::<u32>(), unbounded_channel()];
        let mut choice = Choice::fair(vec![&mut a, &mut b]);
        drop(first);
        let mut receive = waiting(choice.recv()).await;
        second.send(2).unwrap();
        assert_eq!(poll(&mut receive).await, Some(Some((1, 2))));
        drop(receive);
        drop(second);
        assert_eq!(choice.recv().await, None);
        assert_eq!(choice.recv_timeout(ms(1)).await, Ok(None));
        assert_eq!(Choice::<u32>::fair(Vec::new()).recv().await, None);
    });
}
