//! Chapters and scenarios by the names that a reader gives them.
//!
//! Invariant: a name that means nothing is a mistake in the command (exit code 2), which
//! an unreadable disk or a program that fails is not. So both are tried first.

use bookbinder::{Chapter, Programs, Workspace};

use crate::failure::Failure;

/// The chapter that `name` means.
pub(crate) fn chapter(workspace: &Workspace, name: &str) -> Result<Chapter, Failure> {
    workspace.chapters()?;
    workspace.chapter(name).map_err(Failure::usage)
}

/// Nothing, if `chapter` has `scenario`.
pub(crate) fn scenario(
    programs: &Programs,
    chapter: &Chapter,
    scenario: &str,
) -> Result<(), Failure> {
    programs.scenarios(&chapter.name)?;
    let checked = programs.check_scenario(&chapter.name, scenario);
    checked.map_err(Failure::usage)
}
