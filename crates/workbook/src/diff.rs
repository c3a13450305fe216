//! `diff`: what a chapter does differently from another.
//!
//! Invariant: the text is `bookbinder::stage_diff`'s, as the book and the snapshots have
//! it; only colours are added here. No difference is no failure.

use std::process::ExitCode;

use bookbinder::{Chapter, Programs, Workspace, stage_diff};

use crate::cli::DiffArgs;
use crate::failure::Failure;
use crate::{names, out, pager, paint, progress};

pub(crate) fn diff(workspace: &Workspace, args: &DiffArgs) -> Result<ExitCode, Failure> {
    let a = names::chapter(workspace, &args.a)?;
    let b = names::chapter(workspace, &args.b)?;
    let (text, of) = match &args.scenario {
        None => (stage_diff::code(workspace, &a.name, &b.name)?, "the code".to_owned()),
        Some(scenario) => (traces(workspace, [&a, &b], scenario)?, scenario.clone()),
    };
    if text.is_empty() {
        out::say(&format!("{of} is the same in {} and {}", a.name, b.name));
    }
    let painted = paint::diff(&text);
    match args.no_pager {
        true => out::print(&painted),
        false => pager::show(&painted),
    }
}

fn traces(
    workspace: &Workspace,
    [a, b]: [&Chapter; 2],
    scenario: &str,
) -> Result<String, Failure> {
    let chapters = [a.clone(), b.clone()];
    let line = format!("building {} and {} ...", a.name, b.name);
    let build = || Programs::build_these(workspace, &chapters);
    let programs = progress::during(line, build)?;
    let has = |chapter: &Chapter| -> Result<bool, Failure> {
        let scenarios = programs.scenarios(&chapter.name)?;
        Ok(scenarios.iter().any(|(name, _)| name == scenario))
    };
    let is_known = has(a)? && has(b)?;
    stage_diff::traces(&programs, &a.name, &b.name, scenario).map_err(|error| {
        if is_known { Failure::failed(error) } else { Failure::usage(error) }
    })
}
