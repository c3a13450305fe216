//! `bookbinder`: what plain `mdbook build book` calls, as mdBook's preprocessors are.
//!
//! Invariant: standard output is the book as JSON, and nothing else.

use std::io::{stdin, stdout};
use std::process::ExitCode;

use bookbinder::{Error, Programs, Workspace, expand};
use mdbook_preprocessor::parse_input;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match *args {
        ["supports", _] => ExitCode::SUCCESS,
        [] => report(preprocess()),
        _ => report(Err(Error::new(
            "mdBook calls this program; to make the book type `cargo workbook read`",
        ))),
    }
}

fn report(result: Result<(), Error>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// From mdBook's JSON on standard input to the same with every page expanded.
fn preprocess() -> Result<(), Error> {
    let (context, mut book) = parse_input(stdin().lock())
        .map_err(|cause| Error::new(format!("standard input: {cause:#}")))?;
    let workspace = Workspace::find(&context.root)?;
    let programs = Programs::build(&workspace)?;
    expand(&workspace, &programs, &mut book)?;
    serde_json::to_writer(stdout().lock(), &book)
        .map_err(|cause| Error::new(format!("can't write to standard output: {cause}")))
}
