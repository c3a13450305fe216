//! What futures and wakers can do to a loop: polled for nothing, woken too often, too
//! early, too late, or from elsewhere.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::io::Write as _;
use std::os::unix::net::UnixStream;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use ch05_futures::{
    Epoll, Error, EventLoop, Handle, Poller, Select, Stream, Task, yield_now,
};
use trace::{Clock, Observer};

fn pollers() -> [Box<dyn Poller>; 2] {
    [Box::new(Select::default()), Box::new(Epoll::new().expect("descriptors to spare"))]
}

/// A loop on a virtual clock that nobody watches.
fn new_loop<R>() -> EventLoop<R> {
    let [select, _] = pollers();
    EventLoop::new(&Clock::virtual_time(), &Observer::none(), select)
}

/// Polls `inner` twice whenever it is polled.
struct Twice<F>(Pin<Box<F>>);

impl<F: Future> Future for Twice<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        match self.0.as_mut().poll(context) {
            Poll::Pending => self.0.as_mut().poll(context),
            ready @ Poll::Ready(_) => ready,
        }
    }
}

fn twice<F: Future>(inner: F) -> Twice<F> {
    Twice(Box::pin(inner))
}

#[test]
fn a_sleep_polled_for_nothing_still_ends_at_its_time() {
    let clock = Clock::virtual_time();
    let [select, _] = pollers();
    let mut event_loop = EventLoop::new(&clock, &Observer::none(), select);
    let handle = event_loop.handle();
    event_loop.spawn(Task::new("sleeper", async move {
        twice(handle.sleep(Duration::from_millis(10))).await;
        Ok(handle.clock().now())
    }));
    let results = event_loop.run();
    assert_eq!(results[0].as_ref().ok(), Some(&Duration::from_millis(10)));
}

#[test]
fn a_read_polled_for_nothing_still_reads() {
    for poller in pollers() {
        let mut event_loop =
            EventLoop::new(&Clock::virtual_time(), &Observer::none(), poller);
        let (ours, mut theirs) = UnixStream::pair().expect("descriptors to spare");
        ours.set_nonblocking(true).expect("a socket can be set so");
        let handle = event_loop.handle();
        let stream = Stream::new(&handle, "ours", ours);
        event_loop.spawn(Task::new("reader", async move {
            Ok(twice(async { stream.recv(5).await }).await?)
        }));
        event_loop.spawn(Task::new("writer", async move {
            handle.sleep(Duration::from_millis(1)).await;
            theirs.write_all(b"hello")?;
            Ok(Vec::new())
        }));
        assert_eq!(event_loop.run().remove(0).expect("it reads"), b"hello");
    }
}

#[test]
fn being_woken_twice_is_being_polled_once() {
    let log = Rc::new(RefCell::new(String::new()));
    let (eager, other) = (log.clone(), log.clone());
    let mut event_loop = new_loop();
    event_loop.spawn(Task::new(
        "eager",
        poll_fn(move |context| {
            eager.borrow_mut().push('e');
            if eager.borrow().len() == 1 {
                context.waker().wake_by_ref();
                context.waker().wake_by_ref();
            }
            if eager.borrow().contains("oo") {
                Poll::Ready(Ok(()))
            } else {
                Poll::Pending
            }
        }),
    ));
    event_loop.spawn(Task::new("other", async move {
        for _ in 0..3 {
            other.borrow_mut().push('o');
            yield_now().await;
        }
        Ok(())
    }));
    let _ = event_loop.run();
    assert_eq!(*log.borrow(), "eoeoo", "one poll for two wakes");
}

#[test]
fn a_task_that_wakes_itself_lets_the_others_run() {
    let log = Rc::new(RefCell::new(String::new()));
    let mut event_loop: EventLoop<()> = new_loop();
    for name in ["a", "b", "c"] {
        let log = log.clone();
        event_loop.spawn(Task::new(name, async move {
            for _ in 0..2 {
                log.borrow_mut().push_str(name);
                yield_now().await;
            }
            Ok(())
        }));
    }
    assert!(event_loop.run().iter().all(Result::is_ok));
    assert_eq!(*log.borrow(), "abcabc");
}

#[test]
fn a_task_that_always_wakes_itself_starves_neither_timers_nor_sockets() {
    for poller in pollers() {
        let clock = Clock::virtual_time();
        let mut event_loop = EventLoop::new(&clock, &Observer::none(), poller);
        let (ours, mut theirs) = UnixStream::pair().expect("descriptors to spare");
        ours.set_nonblocking(true).expect("a socket can be set so");
        theirs.write_all(b"x").expect("a socket holds a byte");
        let handle = event_loop.handle();
        let stream = Stream::new(&handle, "ours", ours);
        let left = Rc::new(Cell::new(2));
        let (timed, read, busy) = (left.clone(), left.clone(), left.clone());
        let sleeper = handle.clone();
        event_loop.spawn(Task::new("sleeper", async move {
            sleeper.sleep(Duration::from_millis(5)).await;
            timed.set(timed.get() - 1);
            Ok(())
        }));
        event_loop.spawn(Task::new("reader", async move {
            yield_now().await;
            stream.recv(1).await?;
            read.set(read.get() - 1);
            Ok(())
        }));
        event_loop.spawn(Task::new("busy", async move {
            while busy.get() > 0 {
                handle.clock().work(Duration::from_millis(1));
                yield_now().await;
            }
            Ok(())
        }));
        assert!(event_loop.run().iter().all(Result::is_ok));
        assert!(clock.now() <= Duration::from_millis(10), "{:?}", clock.now());
    }
}

#[test]
fn a_waker_called_after_the_end_wakes_nobody() {
    let kept: Rc<RefCell<Option<Waker>>> = Rc::default();
    let (keeps, calls) = (kept.clone(), kept);
    let mut event_loop = new_loop();
    event_loop.spawn(Task::new(
        "short",
        poll_fn(move |context| {
            *keeps.borrow_mut() = Some(context.waker().clone());
            Poll::Ready(Ok(()))
        }),
    ));
    let handle = event_loop.handle();
    event_loop.spawn(Task::new("late", async move {
        handle.sleep(Duration::from_millis(1)).await;
        calls.take().expect("it was left").wake();
        Ok(())
    }));
    assert!(event_loop.run().iter().all(Result::is_ok));
}

#[test]
fn a_waker_that_outlives_its_loop_does_no_harm() {
    let kept: Rc<RefCell<Option<Waker>>> = Rc::default();
    let keeps = kept.clone();
    let mut event_loop: EventLoop<()> = new_loop();
    event_loop.spawn(Task::new(
        "forgotten",
        poll_fn(move |context| {
            *keeps.borrow_mut() = Some(context.waker().clone());
            Poll::Pending
        }),
    ));
    let result = event_loop.run().remove(0);
    assert_eq!(result.expect_err("nobody woke it").to_string(), "never woken");
    kept.take().expect("it was left").wake();
}

#[test]
fn whoever_is_never_woken_does_not_keep_the_others() {
    let mut event_loop = new_loop();
    event_loop.spawn(Task::new("stuck", std::future::pending::<Result<u32, Error>>()));
    let handle = event_loop.handle();
    event_loop.spawn(Task::new("good", async move {
        handle.sleep(Duration::from_millis(1)).await;
        Ok(7)
    }));
    let results = event_loop.run();
    assert_eq!(results[0].as_ref().expect_err("stuck").to_string(), "never woken");
    assert_eq!(results[1].as_ref().ok(), Some(&7));
}

#[test]
fn a_panic_ends_its_own_task_and_no_other() {
    std::panic::set_hook(Box::new(|_| {}));
    let mut event_loop = new_loop();
    event_loop.spawn(Task::new(
        "bad",
        poll_fn(|_| -> Poll<Result<u32, Error>> { panic!("boom") }),
    ));
    event_loop.spawn(Task::new("good", async { Ok(7) }));
    let results = event_loop.run();
    assert_eq!(
        results[0].as_ref().expect_err("it panicked").to_string(),
        "panicked: boom"
    );
    assert_eq!(results[1].as_ref().ok(), Some(&7));
}

#[test]
fn a_future_is_dropped_when_its_task_ends() {
    let held = Rc::new(());
    let mut event_loop = new_loop();
    let kept = held.clone();
    event_loop.spawn(Task::new("holder", async move {
        yield_now().await;
        drop(kept);
        Ok(())
    }));
    drop(event_loop.run());
    assert_eq!(Rc::strong_count(&held), 1);
}

#[test]
fn the_longest_sleep_there_is_ends() {
    let mut event_loop = new_loop();
    let handle: Handle = event_loop.handle();
    event_loop.spawn(Task::new("forever", async move {
        handle.sleep(Duration::MAX).await;
        Ok(())
    }));
    assert!(event_loop.run()[0].is_ok());
}
