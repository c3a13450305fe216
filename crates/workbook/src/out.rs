//! Writing to a terminal, a file, or a pipe that somebody may close.
//!
//! Invariant: a closed pipe (`| head`) is no failure, and never a panic. Colours are
//! written always, and taken out on the way by `anstream` where they aren't wanted.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::failure::Failure;

/// Writes a result, as it is, to standard output.
pub(crate) fn print(text: &str) -> Result<ExitCode, Failure> {
    let mut stdout = anstream::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    unless_closed(written).map(|_| ExitCode::SUCCESS)
}

/// Writes a line for the person at the keyboard to standard error.
pub(crate) fn say(line: &str) {
    // There is nowhere left to say that this failed.
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

/// Whether the reader is still there.
pub(crate) fn unless_closed(written: io::Result<()>) -> Result<bool, Failure> {
    match written {
        Ok(()) => Ok(true),
        Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(cause) => Err(Failure::to_do("write to", "standard output", cause)),
    }
}
