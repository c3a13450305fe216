//! The missing answer: a part may return SUSPEND. Then it isn't done, `pos` stays, and
//! the loop knows which source must become readable before it is worth another call.
//!
//! Sources are in memory here. From stage 3 on they are descriptors, and the place where
//! this loop looks through them is a call of `select`.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use trace::{Came, How, On, Setting, say};

/// A source of messages that never waits.
type Inbox = Rc<RefCell<VecDeque<&'static str>>>;

/// What a part answers.
enum Answer {
    /// Go on with the next part.
    Done,
    /// Not yet: call this part again when its inbox has something.
    Suspend,
}

/// A function in two parts: receive a message, tell it.
struct Client {
    name: &'static str,
    inbox: Inbox,
    message: Option<&'static str>,
    pos: usize,
}

impl Client {
    /// `message = await read(inbox)`, taken apart: try; if that would wait, suspend.
    fn receive(&mut self) -> Answer {
        self.message = self.inbox.borrow_mut().pop_front();
        match self.message {
            Some(_) => Answer::Done,
            None => Answer::Suspend,
        }
    }

    /// `inbox-1` for `client-1`.
    fn inbox_name(&self) -> String {
        self.name.replace("client", "inbox")
    }

    fn tell(&mut self) -> Answer {
        say!("got {}", self.message.unwrap_or("nothing"));
        Answer::Done
    }

    /// Runs part after part until one suspends or none is left.
    fn step(&mut self) -> Answer {
        let parts = [Client::receive, Client::tell];
        while let Some(part) = parts.get(self.pos) {
            if let Answer::Suspend = part(self) {
                return Answer::Suspend;
            }
            self.pos += 1;
        }
        Answer::Done
    }
}

/// A runnable set, and who waits for which source.
struct EventLoop {
    runnable: VecDeque<Client>,
    readers: Vec<Client>,
}

impl EventLoop {
    fn run_runnable(&mut self, setting: &Setting) {
        setting.observer.turn();
        while let Some(mut client) = self.runnable.pop_front() {
            setting.observer.resumed(client.name);
            match client.step() {
                Answer::Suspend => {
                    let inbox = On::Readable(client.inbox_name());
                    setting.observer.suspended(client.name, inbox);
                    self.readers.push(client);
                }
                Answer::Done => {
                    setting.observer.finished(client.name, How::Returned(None));
                }
            }
        }
    }

    /// What `select` does for real sources: tells which have something.
    fn select(&mut self, setting: &Setting) {
        let is_ready = |client: &Client| !client.inbox.borrow().is_empty();
        let all = std::mem::take(&mut self.readers);
        let (ready, waiting): (Vec<_>, Vec<_>) = all.into_iter().partition(is_ready);
        let source = |client: &Client| Came::Readable(client.inbox_name());
        setting.observer.ready(ready.iter().map(source));
        self.readers = waiting;
        self.runnable.extend(ready);
    }
}

pub(crate) fn run(setting: &Setting) {
    let inboxes: [Inbox; 2] = Default::default();
    let client = |(name, inbox): (&'static str, &Inbox)| Client {
        name,
        inbox: inbox.clone(),
        message: None,
        pos: 0,
    };
    let runnable =
        ["client-1", "client-2"].into_iter().zip(&inboxes).map(client).collect();
    let mut event_loop = EventLoop { runnable, readers: Vec::new() };
    event_loop.run_runnable(setting);
    for (inbox, message) in inboxes.iter().zip(["message 1", "message 2"]) {
        inbox.borrow_mut().push_back(message);
    }
    say!("both messages sent");
    event_loop.select(setting);
    event_loop.run_runnable(setting);
}
