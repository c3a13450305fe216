//! Channels, and mailboxes made of them.

use std::rc::Rc;

use ch06_tasks::{catch_cancel, spawn, yield_now};
use ch08_queues::mpsc::{self, SendError, TryRecvError, TrySendError};
use ch08_queues::{Lost, Mailbox, oneshot};

use crate::{Drops, poll, runtime, waiting};

#[test]
fn a_oneshot_brings_its_value_or_the_news_that_there_is_none() {
    runtime().block_on(async {
        let (sender, mut receiver) = oneshot::channel();
        assert_eq!(receiver.try_recv(), Err(oneshot::TryRecvError::Empty));
        let mut receiver = waiting(receiver).await;
        assert_eq!(sender.send(1), Ok(()));
        assert_eq!(poll(&mut receiver).await, Some(Ok(1)));
        let (sender, receiver) = oneshot::channel::<u32>();
        let mut receiver = waiting(receiver).await;
        drop(sender);
        assert_eq!(poll(&mut receiver).await, Some(Err(oneshot::RecvError)));
    });
}

#[test]
fn a_oneshot_whose_receiver_is_gone_gives_the_value_back() {
    let (sender, receiver) = oneshot::channel();
    drop(receiver);
    assert!(sender.is_closed());
    assert_eq!(sender.send(1), Err(1));
    let (sender, mut receiver) = oneshot::channel();
    sender.send(1).unwrap();
    receiver.close();
    assert_eq!(receiver.try_recv(), Ok(1), "what was sent before can be got");
    assert_eq!(receiver.try_recv(), Err(oneshot::TryRecvError::Closed));
}

#[test]
fn a_oneshot_whose_wait_was_cancelled_can_be_awaited_again() {
    runtime().block_on(async {
        let (sender, mut receiver) = oneshot::channel();
        let task = spawn(async move {
            assert!(catch_cancel(&mut receiver).await.is_err());
            receiver.await
        });
        yield_now().await;
        task.cancel();
        yield_now().await;
        assert_eq!(sender.send("late"), Ok(()));
        assert_eq!(task.await.unwrap(), Ok("late"));
    });
}

#[test]
fn what_was_sent_is_received_in_order_after_the_last_sender_is_gone() {
    runtime().block_on(async {
        let (sender, mut receiver) = mpsc::channel(3);
        let other = sender.clone();
        sender.send(1).await.unwrap();
        other.send(2).await.unwrap();
        drop(sender);
        other.try_send(3).unwrap();
        drop(other);
        assert_eq!((receiver.len(), receiver.is_empty()), (3, false));
        assert_eq!(receiver.recv().await, Some(1));
        assert_eq!(receiver.try_recv(), Ok(2));
        assert_eq!(receiver.recv().await, Some(3));
        assert_eq!(receiver.recv().await, None);
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Disconnected));
    });
}

#[test]
fn a_receiver_that_waits_hears_of_the_last_senders_end() {
    runtime().block_on(async {
        let (sender, mut receiver) = mpsc::channel::<u32>(1);
        let other = sender.clone();
        let mut receive = waiting(receiver.recv()).await;
        drop(sender);
        assert_eq!(poll(&mut receive).await, None, "there is another");
        drop(other);
        assert_eq!(poll(&mut receive).await, Some(None));
    });
}

#[test]
fn a_full_channel_makes_senders_wait_in_line() {
    runtime().block_on(async {
        let (sender, mut receiver) = mpsc::channel(1);
        sender.send(1).await.unwrap();
        assert_eq!(sender.try_send(9), Err(TrySendError::Full(9)));
        let mut second = waiting(sender.send(2)).await;
        let mut third = waiting(sender.send(3)).await;
        assert_eq!(receiver.recv().await, Some(1));
        assert_eq!(
            sender.try_send(9),
            Err(TrySendError::Full(9)),
            "the room is promised"
        );
        assert!(poll(&mut third).await.is_none());
        assert_eq!(poll(&mut second).await, Some(Ok(())));
        assert_eq!(receiver.recv().await, Some(2));
        assert_eq!(poll(&mut third).await, Some(Ok(())));
    });
}

#[test]
fn a_dropped_receiver_sends_its_senders_away() {
    let drops = Drops::default();
    runtime().block_on(async {
        let (sender, mut receiver) = mpsc::channel(2);
        sender.send(drops.value()).await.unwrap();
        sender.send(drops.value()).await.unwrap();
        let mut woken = waiting(sender.send(drops.value())).await;
        let mut waits = waiting(sender.send(drops.value())).await;
        drop(receiver.recv().await.expect("it was sent"));
        drop(receiver);
        assert_eq!(drops.count(), 2, "one received, one left in the channel");
        for send in [&mut woken, &mut waits] {
            assert!(poll(send).await.expect("it was woken").is_err());
        }
        assert!(sender.is_closed());
        assert!(matches!(sender.try_send(drops.value()), Err(TrySendError::Closed(_))));
    });
    assert_eq!(drops.count(), 5);
}

#[test]
fn a_closed_receiver_gets_what_was_sent_and_then_the_end() {
    runtime().block_on(async {
        let (sender, mut receiver) = mpsc::channel(2);
        sender.send(1).await.unwrap();
        receiver.close();
        assert_eq!(sender.send(2).await, Err(SendError(2)));
        assert_eq!(receiver.recv().await, Some(1));
        assert_eq!(receiver.recv().await, None, "though a sender is left");
    });
}

#[test]
fn a_recv_that_is_dropped_after_it_was_woken_has_received_nothing() {
    runtime().block_on(async {
        let (sender, mut receiver) = mpsc::channel(1);
        let receive = waiting(receiver.recv()).await;
        sender.send(1).await.unwrap();
        drop(receive);
        assert_eq!(receiver.recv().await, Some(1));
    });
}

#[test]
fn an_unbounded_sender_sends_without_an_await() {
    let (sender, mut receiver) = mpsc::unbounded_channel();
    let other = sender.clone();
    for n in 0..100 {
        assert_eq!(other.send(n), Ok(()));
    }
    assert_eq!(receiver.len(), 100);
    assert_eq!(receiver.try_recv(), Ok(0));
    drop(receiver);
    assert!(sender.is_closed());
    assert_eq!(sender.send(1), Err(SendError(1)));
}

#[test]
fn who_asks_hears_when_the_last_hop_has_dealt_with_it() {
    runtime().block_on(async {
        let (desk, mut front) = Mailbox::new(1);
        let (back, mut room) = Mailbox::new(1);
        let asked = spawn(async move { desk.ask(20).await });
        yield_now().await;
        let envelope = front.recv().await.expect("it was sent");
        back.pass(envelope.map(|n| n + 1)).await.unwrap();
        yield_now().await;
        assert!(!asked.is_finished(), "passed on is not done");
        let envelope = room.recv().await.expect("it was passed on");
        assert_eq!(*envelope, 21);
        assert_eq!(envelope.ack(), 21);
        assert_eq!(asked.await.unwrap(), Ok(()));
    });
}

#[test]
fn who_asks_hears_of_a_message_that_is_lost() {
    runtime().block_on(async {
        let (address, mut mailbox) = Mailbox::new(1);
        let address = Rc::new(address);
        let asks = address.clone();
        let asked = spawn(async move { asks.ask(1).await });
        drop(mailbox.recv().await);
        assert_eq!(asked.await.unwrap(), Err(Lost), "dropped without an answer");
        assert_eq!(address.tell(2).await, Ok(()));
        drop(mailbox);
        assert_eq!(address.tell(3).await, Err(Lost), "the mailbox is gone");
    });
}
