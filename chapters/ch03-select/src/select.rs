//! The system call: wait until something can be read, but not for ever.
//!
//! Invariant: with an answer it never returns before the timeout, unless something can be
//! read.

use std::os::fd::AsFd as _;
use std::time::Duration;

use nix::errno::Errno;
use nix::sys::select::{self, FdSet};
use nix::sys::time::{TimeVal, TimeValLike as _};

use crate::Source;

/// For each source, whether it can be read without waiting. Waits until one can, for
/// `timeout` at most (`None`: for as long as it takes). No answer: a signal came first,
/// and the call is worth making again, for the time that is left.
///
/// A descriptor that is closed or never was one counts as ready: whoever asked finds out
/// by reading, and nobody else is bothered.
///
/// # Panics
/// If a descriptor is too large: [`AsyncRead::new`](crate::AsyncRead::new) lets none
/// through.
#[must_use]
pub fn select(sources: &[Source], timeout: Option<Duration>) -> Option<Vec<bool>> {
    let mut set: FdSet<'_> = FdSet::new();
    for source in sources {
        set.insert(source.as_fd());
    }
    match select::select(None, &mut set, None, None, &mut timeout.map(timeval)) {
        Ok(_) => Some(sources.iter().map(|it| set.contains(it.as_fd())).collect()),
        Err(Errno::EINTR) => None,
        Err(Errno::EBADF) => Some(sources.iter().map(is_bad).collect()),
        Err(error) => panic!("select refuses what this loop asks for: {error}"),
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

/// Whole microseconds, rounded up: rounded down, the last one would be spent in turns
/// that find nothing due. A day at most: systems refuse very long times, and a turn that
/// finds nothing is no harm.
#[must_use]
pub fn timeval(timeout: Duration) -> TimeVal {
    let microseconds = timeout.min(Duration::from_hours(24)).as_nanos().div_ceil(1_000);
    TimeVal::microseconds(i64::try_from(microseconds).expect("a day fits"))
}
