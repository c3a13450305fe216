//! One coroutine waits for a message from another. The loop knows no such request, so it
//! sleeps and looks, sleeps and looks: for nothing most of the time, and late in the end.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use ch02_sleep::{AsyncSleep, Coroutine, CoroutineState, EventLoop, Resumed, Task};
use trace::{Clock, Setting, say};

use CoroutineState::{Complete, Yielded};

/// Where the message is put.
type Inbox = Rc<Cell<Option<&'static str>>>;

/// Looks every 10 ms whether there is a message.
struct Poller {
    clock: Clock,
    inbox: Inbox,
}

impl Coroutine for Poller {
    type Yield = AsyncSleep;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        if let Some(message) = self.inbox.take() {
            say!("got {message}");
            return Ok(Complete(()));
        }
        say!("nothing there");
        Ok(Yielded(AsyncSleep::after(&self.clock, Duration::from_millis(10))))
    }
}

/// Puts a message into the inbox at 35 ms.
struct Sender {
    inbox: Inbox,
    slept: bool,
}

impl Coroutine for Sender {
    type Yield = AsyncSleep;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        if !std::mem::replace(&mut self.slept, true) {
            return Ok(Yielded(AsyncSleep { until: Duration::from_millis(35) }));
        }
        self.inbox.set(Some("hello"));
        say!("sent hello");
        Ok(Complete(()))
    }
}

pub(crate) fn run(setting: &Setting) {
    let (clock, inbox) = (setting.clock.clone(), Inbox::default());
    let mut event_loop = EventLoop::new(&clock, &setting.observer);
    event_loop.spawn(Task::new("poller", Poller { clock, inbox: inbox.clone() }));
    event_loop.spawn(Task::new("sender", Sender { inbox, slept: false }));
    let _ = event_loop.run();
}
