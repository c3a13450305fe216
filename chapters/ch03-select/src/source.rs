//! Something that can be read: a descriptor with a name.
//!
//! Invariant: the name is what a trace shows. A descriptor's number is whatever the
//! system had free, and differs from run to run.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::rc::Rc;

/// A file, a pipe, a socket. Clones are the same descriptor; the last one closes it.
#[derive(Clone, Debug)]
pub struct Source {
    /// As it appears in a trace.
    name: Rc<str>,
    /// The descriptor. A `File` can hold one of any kind.
    file: Rc<File>,
}

impl Source {
    /// Gives a descriptor a name.
    pub fn new(name: &str, descriptor: impl Into<OwnedFd>) -> Self {
        let file = File::from(descriptor.into());
        Source { name: name.into(), file: Rc::new(file) }
    }

    /// As it appears in a trace.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads once, as much as is there and fits; 0 bytes: the end of file.
    ///
    /// # Errors
    /// What `read(2)` reports. A signal is no error: the call is made again.
    pub fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match (&*self.file).read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => return result,
            }
        }
    }
}

impl AsFd for Source {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}

impl AsRawFd for Source {
    fn as_raw_fd(&self) -> RawFd {
        self.file.as_raw_fd()
    }
}
