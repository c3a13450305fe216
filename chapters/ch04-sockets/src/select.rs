//! The portable poller: hands the whole list to the system, at every wait.
//!
//! Invariant: `wait` never returns before the timeout with nothing to tell.

use std::collections::BTreeMap;
use std::io;
use std::os::fd::{AsFd as _, AsRawFd as _, RawFd};
use std::time::Duration;

use nix::errno::Errno;
use nix::sys::select::{self, FD_SETSIZE, FdSet};
use nix::sys::time::{TimeVal, TimeValLike as _};

use crate::{Interest, Poller, Source};

/// `select(2)`.
#[derive(Debug, Default)]
pub struct Select {
    /// What is watched, by number. It costs time at every wait, ready or not.
    watched: BTreeMap<RawFd, (Source, Interest)>,
}

impl Poller for Select {
    fn watch(&mut self, source: &Source, interest: Interest) -> io::Result<()> {
        let number = source.as_raw_fd();
        if usize::try_from(number).is_ok_and(|number| number >= FD_SETSIZE) {
            return Err(too_large(source));
        }
        match interest.is_none() {
            true => self.watched.remove(&number),
            false => self.watched.insert(number, (source.clone(), interest)),
        };
        Ok(())
    }

    fn wait(&mut self, timeout: Option<Duration>) -> io::Result<Vec<(RawFd, Interest)>> {
        let (mut readable, mut writable) = (FdSet::new(), FdSet::new());
        for (source, interest) in self.watched.values() {
            interest.readable.then(|| readable.insert(source.as_fd()));
            interest.writable.then(|| writable.insert(source.as_fd()));
        }
        let mut timeout = timeout.map(timeval);
        match select::select(None, &mut readable, &mut writable, None, &mut timeout) {
            Ok(_) => Ok(self.found(&readable, &writable)),
            Err(Errno::EBADF) => Ok(self.closed()),
            Err(error) => Err(error.into()),
        }
    }
}

impl Select {
    fn found(
        &self,
        readable: &FdSet<'_>,
        writable: &FdSet<'_>,
    ) -> Vec<(RawFd, Interest)> {
        let ready = |(number, (source, _)): (&RawFd, &(Source, Interest))| {
            let readable = readable.contains(source.as_fd());
            let writable = writable.contains(source.as_fd());
            (*number, Interest { readable, writable })
        };
        let all = self.watched.iter().map(ready);
        all.filter(|(_, interest)| !interest.is_none()).collect()
    }

    /// What was closed behind its owner's back is ready, whatever for: whoever asked finds
    /// out by trying, and nobody else is bothered.
    fn closed(&self) -> Vec<(RawFd, Interest)> {
        let bad = self.watched.iter().filter(|(_, (source, _))| is_bad(source));
        bad.map(|(number, (_, interest))| (*number, *interest)).collect()
    }
}

/// Whether this one is why `select` refused them all.
fn is_bad(source: &Source) -> bool {
    let mut set = FdSet::new();
    set.insert(source.as_fd());
    let looks =
        select::select(None, &mut set, None, None, &mut Some(TimeVal::seconds(0)));
    looks == Err(Errno::EBADF)
}

fn too_large(source: &Source) -> io::Error {
    let (name, number) = (source.name(), source.as_raw_fd());
    io::Error::other(format!(
        "{name}: descriptor {number} is too large for select, whose limit is {FD_SETSIZE}"
    ))
}

/// Whole microseconds, rounded up: rounded down, the last one would be spent in turns
/// that find nothing due. A day at most: systems refuse very long times, and a turn that
/// finds nothing is no harm.
#[must_use]
pub fn timeval(timeout: Duration) -> TimeVal {
    let microseconds = timeout.min(Duration::from_hours(24)).as_nanos().div_ceil(1_000);
    TimeVal::microseconds(i64::try_from(microseconds).expect("a day fits"))
}
