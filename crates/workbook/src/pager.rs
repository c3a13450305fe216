//! A long text on a terminal goes through the reader's pager, as git's does.
//!
//! Invariant: without a terminal, or without a pager that can be started, the text is
//! written as it is. Nothing is lost for want of a pager.

use std::ffi::OsStr;
use std::io::{self, IsTerminal as _, Seek as _, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anstream::AutoStream;

use crate::failure::Failure;
use crate::out;

/// Shows `text`: through the pager if standard output is a terminal and there is one.
/// Then this process *becomes* the pager: as its parent it would have to survive the
/// Ctrl-C that the pager handles.
pub(crate) fn show(text: &str) -> Result<ExitCode, Failure> {
    let pager = io::stdout().is_terminal().then(pager).flatten();
    let Some(pager) = pager else {
        return out::print(text);
    };
    let mut command = Command::new("sh");
    command.args(["-c", &pager]);
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    let cannot = |cause| Failure::to_do("page with", &pager, cause);
    command.stdin(file_of(text).map_err(cannot)?);
    Err(cannot(command.exec()))
}

/// `text` in a nameless file, from its beginning, with colours if the terminal has them.
fn file_of(text: &str) -> io::Result<std::fs::File> {
    let file = tempfile::tempfile()?;
    let choice = AutoStream::choice(&io::stdout());
    AutoStream::new(file.try_clone()?, choice).write_all(text.as_bytes())?;
    let mut file = file;
    file.rewind()?;
    Ok(file)
}

/// The command line of the pager that is set; none if it is `cat`, or isn't there.
fn pager() -> Option<String> {
    let set = ["GIT_PAGER", "PAGER"].iter().find_map(|it| std::env::var(it).ok());
    let pager = set.unwrap_or_else(|| "less".to_owned());
    let program = pager.split_whitespace().next()?;
    (program != "cat" && on_path(program).is_some()).then_some(pager)
}

/// Where a program is, if it is one that can be started by that name.
pub(crate) fn on_path(program: impl AsRef<OsStr>) -> Option<PathBuf> {
    let program = program.as_ref();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = std::env::split_paths(&path).map(|dir| dir.join(program));
    places.find(|place| place.is_file())
}
