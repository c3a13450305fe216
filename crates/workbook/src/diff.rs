//! `diff`: what a chapter does differently from another, or one of its scenarios from
//! another.
//!
//! Invariant: the text is `bookbinder::stage_diff`'s, as the book and the snapshots have
//! it; only colours are added here. No difference is no failure.

use std::process::ExitCode;

use bookbinder::{Chapter, Error, Programs, Workspace, stage_diff};

use crate::cli::DiffArgs;
use crate::failure::Failure;
use crate::{names, out, pager, paint, progress};

pub(crate) fn diff(workspace: &Workspace, args: &DiffArgs) -> Result<ExitCode, Failure> {
    let a = names::chapter(workspace, &args.a)?;
    let (text, of, [from, to]) = match (&args.scenario, workspace.chapter(&args.b)) {
        (Some(scenario), Err(_)) => {
            let text = scenarios(workspace, &a, &args.b, scenario)?;
            (text, a.name, [&args.b, scenario].map(Clone::clone))
        }
        (Some(scenario), Ok(b)) => {
            let text = traces(workspace, [&a, &b], scenario)?;
            (text, scenario.clone(), [a.name, b.name])
        }
        (None, _) => {
            let b = names::chapter(workspace, &args.b)?;
            let text = stage_diff::code(workspace, &a.name, &b.name)?;
            (text, "the code".to_owned(), [a.name, b.name])
        }
    };
    if text.is_empty() {
        out::say(&format!("{of} is the same in {from} and {to}"));
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

/// Two scenarios of `chapter`. The first stands where another chapter could, so it may
/// also be one that is misspelled.
fn scenarios(
    workspace: &Workspace,
    chapter: &Chapter,
    from: &str,
    to: &str,
) -> Result<String, Failure> {
    let line = format!("building {} ...", chapter.name);
    let programs = progress::during(line, || Programs::build_one(workspace, chapter))?;
    let known = programs.scenarios(&chapter.name)?.into_iter().map(|(name, _)| name);
    let known: Vec<String> = known.collect();
    if !known.iter().any(|name| name == from) {
        let chapters = workspace.chapters()?.into_iter().map(|it| it.name);
        let all: Vec<String> = chapters.chain(known).collect();
        let what = format!("chapter or scenario of {}", chapter.name);
        return Err(Failure::usage(Error::unknown(&what, from, &all)));
    }
    names::scenario(&programs, chapter, to)?;
    Ok(stage_diff::scenarios(&programs, &chapter.name, from, to)?)
}
