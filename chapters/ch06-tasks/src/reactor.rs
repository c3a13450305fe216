//! Who waits for which descriptor, and the operating system's word that it is ready.
//!
//! Invariant: registered there is what somebody waits for here, no more, so an idle
//! socket wakes nobody. Keys are never given twice: news of a closed socket can't reach
//! its successor on the same descriptor.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::os::fd::RawFd;
use std::rc::Rc;
use std::time::Duration;

use mio::unix::SourceFd;
use mio::{Events, Interest, Token};
use trace::Came;

use crate::callbacks::Callback;

/// The loop's ear at the operating system.
pub(crate) struct Reactor {
    pub(crate) poll: RefCell<mio::Poll>,
    /// What is watched, by key: in the order in which it was made. Idle sources that
    /// nobody waits for aren't here, and cost a turn nothing.
    entries: RefCell<BTreeMap<usize, Rc<Entry>>>,
    /// The last key, of which 0 is the inbox's; and the last place in any line.
    last: Cell<(usize, usize)>,
}

/// What the reactor knows about a source.
pub(crate) struct Entry {
    key: usize,
    fd: RawFd,
    /// As it appears in a trace.
    pub(crate) name: Rc<str>,
    /// Two lines: what to call when it is readable, and when writable; by arrival.
    lines: [RefCell<BTreeMap<usize, Callback>>; 2],
    /// What is registered.
    interest: Cell<Option<Interest>>,
}

/// A place in a line. Dropped, it is given up, and nothing is called.
#[must_use = "dropped, it is given up"]
pub struct Watch {
    reactor: Rc<Reactor>,
    entry: Rc<Entry>,
    line: usize,
    place: usize,
}

impl Reactor {
    pub(crate) fn new() -> io::Result<Self> {
        let poll = RefCell::new(mio::Poll::new()?);
        Ok(Reactor { poll, entries: RefCell::default(), last: Cell::default() })
    }

    /// How many sources somebody waits for.
    pub(crate) fn watched(&self) -> usize {
        self.entries.borrow().len()
    }

    /// Takes a source in.
    pub(crate) fn add(&self, name: &str, fd: RawFd) -> Rc<Entry> {
        self.last.update(|(key, place)| (key + 1, place));
        let (key, _) = self.last.get();
        let (name, lines) = (format!("{name}-{key}").into(), Default::default());
        Rc::new(Entry { key, fd, name, lines, interest: Cell::new(None) })
    }

    /// Forgets a source, and who waits for it.
    pub(crate) fn remove(&self, entry: &Rc<Entry>) {
        entry.lines.iter().for_each(|line| drop(line.take()));
        let _ = self.register(entry);
    }

    /// Has `callback` called when the source is ready.
    pub(crate) fn watch(
        self: &Rc<Self>,
        entry: &Rc<Entry>,
        interest: Interest,
        callback: Callback,
    ) -> io::Result<Watch> {
        self.last.update(|(key, place)| (key, place + 1));
        let (reactor, entry, (_, place)) = (self.clone(), entry.clone(), self.last.get());
        let line = usize::from(!interest.is_readable());
        entry.lines[line].borrow_mut().insert(place, callback);
        let watch = Watch { reactor, entry, line, place };
        self.register(&watch.entry).map(|()| watch)
    }

    /// What is ready, after `timeout` at most: in the order in which the sources were
    /// made, input first. A signal may end the wait; the loop will look again.
    pub(crate) fn poll(&self, timeout: Duration) -> Vec<(Came, Rc<str>, Vec<Callback>)> {
        let mut events = Events::with_capacity(1024);
        match self.poll.borrow_mut().poll(&mut events, Some(timeout)) {
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            result => result.expect("waiting fails on bad arguments only"),
        }
        let mut ready: Vec<_> = events.iter().flat_map(lines).collect();
        ready.sort_unstable();
        ready.into_iter().filter_map(|(key, line)| self.ready(key, line)).collect()
    }

    /// Empties a line. mio tells of a change once (it is edge-triggered): were the others
    /// left in the line, and the first took only a part, nobody would tell them. So all
    /// try, and who finds nothing gets in line again. None: nobody waits there any more.
    fn ready(&self, key: usize, line: usize) -> Option<(Came, Rc<str>, Vec<Callback>)> {
        let entry = self.entries.borrow().get(&key)?.clone();
        let mut callbacks = entry.lines[line].take();
        if self.register(&entry).is_err() {
            // Nobody is told any more. Those who wait there find out by trying.
            entry.lines.iter().for_each(|line| callbacks.append(&mut line.borrow_mut()));
        }
        let name = entry.name.as_ref().to_owned();
        let came = match line {
            0 => Came::Readable(name),
            _ => Came::Writable(name),
        };
        let callbacks: Vec<_> = callbacks.into_values().collect();
        (!callbacks.is_empty()).then(|| (came, entry.name.clone(), callbacks))
    }

    /// Tells the operating system what is waited for now. A new registration is answered
    /// at once if the source is ready, so nothing that came before is missed.
    fn register(&self, entry: &Rc<Entry>) -> io::Result<()> {
        let [read, write] = entry.lines.each_ref().map(|line| !line.borrow().is_empty());
        let read = read.then_some(Interest::READABLE);
        let write = write.then_some(Interest::WRITABLE);
        let wanted = read.map_or(write, |read| Some(write.map_or(read, |w| read | w)));
        let (fd, token) = (&mut SourceFd(&entry.fd), Token(entry.key));
        let poll = self.poll.borrow();
        let result = match (entry.interest.get(), wanted) {
            (None, Some(wanted)) => poll.registry().register(fd, token, wanted),
            (Some(_), None) => poll.registry().deregister(fd),
            (old, Some(wanted)) if old != Some(wanted) => {
                poll.registry().reregister(fd, token, wanted)
            }
            _ => Ok(()),
        };
        entry.interest.set(wanted.filter(|_| result.is_ok()));
        let watched = entry.interest.get().map(|_| (entry.key, entry.clone()));
        self.entries.borrow_mut().remove(&entry.key);
        self.entries.borrow_mut().extend(watched);
        result
    }
}

/// Which lines an event is for. A failure is for both: who comes first finds out.
fn lines(event: &mio::event::Event) -> impl Iterator<Item = (usize, usize)> + use<> {
    let read = event.is_readable() || event.is_read_closed() || event.is_error();
    let write = event.is_writable() || event.is_write_closed() || event.is_error();
    let lines = [read.then_some(0), write.then_some(1)];
    let key = event.token().0;
    lines.into_iter().flatten().map(move |line| (key, line))
}

impl Drop for Watch {
    fn drop(&mut self) {
        let callback = self.entry.lines[self.line].borrow_mut().remove(&self.place);
        drop(callback);
        let _ = self.reactor.register(&self.entry);
    }
}
