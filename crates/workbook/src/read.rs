//! `read`: the book in a browser, served by the runtime that it builds; or as a PDF.
//!
//! Invariant: the address is said before anybody can need it, and again if no browser opens.

use std::ffi::OsStr;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use bookbinder::Workspace;

use crate::cli::ReadArgs;
use crate::failure::Failure;
use crate::serve::{Limits, Serving};
use crate::{book, out, pdf};

/// Where it listens unless somebody says otherwise: the same as last time, if it is free,
/// for browsers keep what a reader chose under the address.
const PORT: u16 = 7007;

pub(crate) fn read(workspace: &Workspace, args: &ReadArgs) -> Result<ExitCode, Failure> {
    if args.pdf {
        return read_pdf(workspace, args);
    }
    let place = book::default_out(workspace);
    let book = book::make(workspace, &place)?;
    out::print(&book.describe())?;
    let serving = listen(&place, args)?;
    let address = serving.address();
    out::print(&format!("served at {address} until Ctrl-C\n"))?;
    show(&address, args);
    let ended = serving.until_interrupted();
    ended.map_err(|cause| Failure::to_do("wait for", "Ctrl-C", cause))?;
    Ok(ExitCode::SUCCESS)
}

/// All that can be refused is refused before the book is built.
fn read_pdf(workspace: &Workspace, args: &ReadArgs) -> Result<ExitCode, Failure> {
    let browser = pdf::browser()?;
    let place = args.out.clone();
    let place = place.unwrap_or_else(|| workspace.root().join("target/book.pdf"));
    pdf::check_place(&place)?;
    let book = book::make(workspace, &book::default_out(workspace))?;
    let page = book.page.with_file_name("print.html");
    pdf::print(&browser, &page, &workspace.root().join("target"), &place)?;
    out::print(&format!("the book as a PDF: {}\n", place.display()))?;
    show(&place, args);
    Ok(ExitCode::SUCCESS)
}

/// Opens an address, or a file, in the reader's own program for it, unless that isn't
/// wanted.
fn show(what: impl AsRef<OsStr>, args: &ReadArgs) {
    if !args.no_open && open::that_detached(what.as_ref()).is_err() {
        let what = what.as_ref().display();
        out::say(&format!("no program could be started for it: open {what} yourself"));
    }
}

fn listen(root: &Path, args: &ReadArgs) -> Result<Serving, Failure> {
    let limits = Limits { connections: args.connections, ..Limits::default() };
    let port = args.port.unwrap_or(PORT);
    match Serving::new(root, port, limits) {
        Err(cause) if is_taken(&cause) && args.port.is_none() => {
            Serving::new(root, 0, limits)
        }
        result => result,
    }
    .map_err(|cause| failure(port, &cause))
}

fn is_taken(cause: &io::Error) -> bool {
    cause.kind() == io::ErrorKind::AddrInUse
}

fn failure(port: u16, cause: &io::Error) -> Failure {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    match is_taken(cause) {
        true => Failure::failed(format!(
            "{address} is in use, perhaps by another `cargo workbook read`; \
             `--port 0` takes any port that is free"
        )),
        false => Failure::to_do("serve the book at", address, cause),
    }
}
