//! Three times somebody waits for a bell, loses patience, and drops the future. What the
//! future left with the bell stays there.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use ch05_futures::{Error, EventLoop, Handle, Task};
use trace::{Setting, say};

use crate::poller;

/// Those who wait for the bell, by a number of their own.
type Bell = Rc<RefCell<Vec<(u32, Waker)>>>;

/// Waits for the bell.
struct Hears {
    number: u32,
    bell: Bell,
}

impl Future for Hears {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.bell.borrow_mut().push((self.number, context.waker().clone()));
        Poll::Pending
    }
}

/// Polls once, whatever comes of it.
async fn once(hears: &mut Hears) {
    poll_fn(|context| Poll::Ready(Pin::new(&mut *hears).poll(context).is_ready())).await;
}

async fn listener(handle: Handle, bell: Bell) -> Result<(), Error> {
    for number in 1..=3 {
        let mut hears = Hears { number, bell: bell.clone() };
        once(&mut hears).await;
    }
    say!("has given up; the bell keeps {} wakers", bell.borrow().len());
    handle.sleep(Duration::from_millis(20)).await;
    Ok(())
}

async fn ringer(handle: Handle, bell: Bell) -> Result<(), Error> {
    handle.sleep(Duration::from_millis(10)).await;
    say!("rings");
    bell.take().into_iter().for_each(|(_, waker)| waker.wake());
    Ok(())
}

pub(crate) fn run(setting: &Setting) {
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    let (handle, bell) = (event_loop.handle(), Bell::default());
    event_loop.spawn(Task::new("listener", listener(handle.clone(), bell.clone())));
    event_loop.spawn(Task::new("ringer", ringer(handle, bell)));
    let _ = event_loop.run();
}
