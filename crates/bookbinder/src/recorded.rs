//! What CPython does: a program of `tests/oracle/`, and the record of what it printed.
//!
//! Invariant: the record is the file that `tests/it/oracle.rs` compares with CPython.

use std::fs;

use crate::html::{code, code_box, figure, folded};
use crate::{Error, Workspace};

/// The record of `folder/name`, its program folded below it: Markdown, and plain text.
pub(crate) fn recorded(
    ws: &Workspace,
    folder: &str,
    name: &str,
) -> Result<(String, String), Error> {
    let file = format!("tests/oracle/{folder}/{name}.py");
    let path = ws.root().join(&file);
    let read =
        |path: &_| fs::read_to_string(path).map_err(|e| Error::io("read", path, e));
    let (program, printed) = (read(&path)?, read(&path.with_extension("expected"))?);
    let caption = format!("{}, as CPython printed it", code(&file));
    let output = code_box("text", &format!("What CPython printed for {file}"), &printed);
    let listing = code_box("python", &file, &program);
    let markdown = format!(
        "{}\n\n{}",
        figure("recorded", &caption, &output),
        folded("listing", &format!("The program {}", code(&file)), &listing),
    );
    Ok((markdown, format!("{program}\n{printed}")))
}
