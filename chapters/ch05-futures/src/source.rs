//! Something that can be waited for: a descriptor with a name.
//!
//! Invariant: the name is what a trace shows. A descriptor's number is whatever the
//! system had free, and differs from run to run.

use std::fmt;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};
use std::rc::Rc;

/// A descriptor as pollers see it. Clones are the same one; the last one closes it.
#[derive(Clone)]
pub struct Source {
    /// As it appears in a trace.
    name: Rc<str>,
    /// Whatever has the descriptor. It stays open while somebody waits for it.
    owner: Rc<dyn AsFd>,
}

impl Source {
    /// Gives the descriptor of `owner` a name.
    pub fn new(name: &str, owner: Rc<dyn AsFd>) -> Self {
        Source { name: name.into(), owner }
    }

    /// As it appears in a trace.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl AsFd for Source {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.owner.as_fd()
    }
}

impl AsRawFd for Source {
    fn as_raw_fd(&self) -> RawFd {
        self.owner.as_fd().as_raw_fd()
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Source").field(&self.name).finish()
    }
}
