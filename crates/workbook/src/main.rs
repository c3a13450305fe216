//! `cargo workbook`: what a reader types. It runs chapters, compares them, carries fixes
//! from stage to stage, and makes the book.
//!
//! Invariant: exit code 0 is success, 1 a failure, 2 something asked for that isn't
//! there; `run` ends with its program's own code. Results go to standard output, all
//! else to standard error.
//!
//! The tool observes no chapter from inside: it reads what their programs write. It does
//! stand on the runtime that they build: `read` serves the book with it.

mod cli;
mod failure;
mod out;
mod names;
mod progress;
mod overview;
mod book;
mod read;
mod serve;
mod run;
mod play;
mod paint;
mod diff;
mod pager;
mod git;
mod propagate;
mod doctor;
mod pdf;

use std::path::Path;
use std::process::ExitCode;

use bookbinder::Workspace;
use clap::Parser as _;

use crate::cli::{Cli, Command};
use crate::failure::Failure;

fn main() -> ExitCode {
    let cli = Cli::parse();
    answer(cli).unwrap_or_else(|failure| failure.report())
}

fn answer(cli: Cli) -> Result<ExitCode, Failure> {
    let workspace = Workspace::find(Path::new("."))?;
    match cli.command {
        None => overview::overview(&workspace),
        Some(Command::Build(args)) => book::build(&workspace, &args),
        Some(Command::Read(args)) => read::read(&workspace, &args),
        Some(Command::Run(args)) => run::run(&workspace, &args),
        Some(Command::Play(args)) => play::play(&workspace, &args),
        Some(Command::Diff(args)) => diff::diff(&workspace, &args),
        Some(Command::Propagate(args)) => propagate::propagate(&workspace, &args),
        Some(Command::Doctor) => doctor::doctor(&workspace),
    }
}
