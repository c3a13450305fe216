//! What a turn costs, with many descriptors watched that have nothing to say.
//!
//! One turn, as chapter 4's reactor makes it for a task that waits for one descriptor:
//! the poller waits and names the one that is ready; it comes off the list; its byte is
//! read; it goes on the list again. Before all that the next byte is sent, so that there is
//! one. The idle ones stay on the list. `Select` and `Epoll` are the chapter's own.

use std::collections::BTreeMap;
use std::io::{self, Read as _, Write as _};
use std::os::fd::{AsFd, AsRawFd as _, RawFd};
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::rc::Rc;
use std::time::Duration;

use ch04_sockets::{Epoll, Interest, Poller, Select, Source};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// How many are idle.
const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];

/// `poll(2)`, in the manner of the chapter's `Select`.
#[derive(Debug, Default)]
struct Poll {
    /// What is watched, by number.
    watched: BTreeMap<RawFd, (Source, Interest)>,
}

impl Poller for Poll {
    fn watch(&mut self, source: &Source, interest: Interest) -> io::Result<()> {
        let number = source.as_raw_fd();
        match interest.is_none() {
            true => self.watched.remove(&number),
            false => self.watched.insert(number, (source.clone(), interest)),
        };
        Ok(())
    }

    /// Watches for something to read, and waits for as long as it takes: no turn here asks
    /// for anything else.
    fn wait(&mut self, _: Option<Duration>) -> io::Result<Vec<(RawFd, Interest)>> {
        let asked = |(source, _): &'_ (Source, Interest)| source.as_raw_fd();
        let numbers = self.watched.values().map(asked);
        let fds = self.watched.values();
        let fds = fds.map(|(source, _)| PollFd::new(source.as_fd(), PollFlags::POLLIN));
        let mut fds: Vec<_> = fds.collect();
        poll(&mut fds, PollTimeout::NONE)?;
        let all = numbers.zip(&fds).filter(|(_, fd)| fd.any() == Some(true));
        Ok(all.map(|(number, _)| (number, Interest::READABLE)).collect())
    }
}

/// One end of a connection, watched by a poller, and who writes to it.
struct Turn {
    /// Where a byte arrives.
    reader: Rc<UnixStream>,
    /// The same, as pollers see it.
    source: Source,
    /// Where it is sent from.
    writer: UnixStream,
}

impl Turn {
    fn new() -> io::Result<Turn> {
        let (reader, writer) = UnixStream::pair()?;
        let reader = Rc::new(reader);
        Ok(Turn { source: Source::new("ready", reader.clone()), reader, writer })
    }

    fn take(&mut self, poller: &mut dyn Poller) -> io::Result<()> {
        self.writer.write_all(b"x")?;
        let ready = poller.wait(None)?;
        assert_eq!(ready.len(), 1, "the others are idle");
        poller.watch(&self.source, Interest::default())?;
        self.reader.as_ref().read_exact(&mut [0])?;
        poller.watch(&self.source, Interest::READABLE)
    }
}

/// Descriptors that nobody writes to.
fn idle(count: usize) -> io::Result<Vec<Source>> {
    let idle = |_| -> io::Result<Source> {
        let owner: Rc<dyn AsFd> = Rc::new(UnixDatagram::unbound()?);
        Ok(Source::new("idle", owner))
    };
    (0..count).map(idle).collect()
}

/// A turn that is set up, or why it can't be: too few descriptors, or none so large.
fn set_up(poller: &mut dyn Poller, count: usize) -> io::Result<Turn> {
    let turn = Turn::new()?;
    for source in idle(count)? {
        poller.watch(&source, Interest::READABLE)?;
    }
    poller.watch(&turn.source, Interest::READABLE)?;
    Ok(turn)
}

fn pollers() -> io::Result<[(&'static str, Box<dyn Poller>); 3]> {
    Ok([
        ("select", Box::new(Select::default())),
        ("poll", Box::new(Poll::default())),
        ("epoll", Box::new(Epoll::new()?)),
    ])
}

fn descriptors(criterion: &mut Criterion) {
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).expect("there is a limit");
    setrlimit(Resource::RLIMIT_NOFILE, hard, hard).expect("up to the hard limit");
    let mut group = criterion.benchmark_group("descriptors");
    for size in SIZES {
        for (name, mut poller) in pollers().expect("room for one more descriptor") {
            match set_up(&mut *poller, size) {
                Ok(mut turn) => {
                    group.bench_function(BenchmarkId::new(name, size), |bencher| {
                        bencher.iter(|| turn.take(&mut *poller).expect("it turns"));
                    });
                }
                Err(why) => eprintln!("descriptors/{name}/{size} is left out: {why}"),
            }
        }
    }
    group.finish();
}

/// A second to warm up, three to measure.
fn settings() -> Criterion {
    let settings = Criterion::default().warm_up_time(Duration::from_secs(1));
    settings.measurement_time(Duration::from_secs(3))
}

criterion_group! { name = benches; config = settings(); targets = descriptors }
criterion_main!(benches);
