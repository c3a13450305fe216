//! A process that has no descriptor left.

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd as _;

use nix::errno::Errno;
use nix::sys::resource::{Resource, getrlimit, rlim_t, setrlimit};

/// While this lives, no descriptor can be had but one that is given back.
pub(crate) struct Full {
    /// The limits before.
    limits: (rlim_t, rlim_t),
}

impl Full {
    pub(crate) fn new() -> Self {
        let limits = getrlimit(Resource::RLIMIT_NOFILE).expect("there is a limit");
        let next = spare().as_raw_fd();
        let next = rlim_t::try_from(next).expect("an open descriptor is not negative");
        setrlimit(Resource::RLIMIT_NOFILE, next, limits.1).expect("it may be lowered");
        Full { limits }
    }
}

impl Drop for Full {
    fn drop(&mut self) {
        let (soft, hard) = self.limits;
        setrlimit(Resource::RLIMIT_NOFILE, soft, hard).expect("it was so before");
    }
}

/// A descriptor that is good for nothing but being given back. The system hands out the
/// lowest number that is free.
pub(crate) fn spare() -> File {
    File::open("/dev/null").expect("every Unix has it")
}

pub(crate) fn says_full(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::EMFILE as i32)
}
