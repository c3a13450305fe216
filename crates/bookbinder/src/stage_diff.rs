//! What a chapter does differently from another: in its code, and in what happens. And so
//! for two scenarios or two files of one chapter.
//!
//! Invariant: the result depends on the two alone, not on when or where it is
//! made; it is a unified diff that `patch` and every viewer read. What a difference means
//! is left to the pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use similar::{Algorithm, TextDiff};
use trace::Trace;

use crate::listing::Source;
use crate::{Chapter, Error, Programs, Workspace};

/// Lines of context around a change in code. A trace is shown whole.
const CONTEXT: usize = 3;

/// How many lines a diff adds and removes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Lines that only the second has.
    pub added: usize,
    /// Lines that only the first has.
    pub removed: usize,
}

/// The difference between the sources of chapters `a` and `b`, file by file: first in the
/// reading order that `b`'s `mod` lines give, then what only `a` has. A file that one of
/// them lacks stands against `/dev/null`. Empty: there is none.
///
/// # Errors
/// A chapter doesn't exist, or its sources can't be read.
pub fn code(workspace: &Workspace, a: &str, b: &str) -> Result<String, Error> {
    let (a, b) = (workspace.chapter(a)?, workspace.chapter(b)?);
    let (old, new) = (sources(&a.dir)?, sources(&b.dir)?);
    let mut files = reading_order(&new);
    files.extend(reading_order(&old).into_iter().filter(|it| !new.contains_key(it)));
    let header = |chapter: &str, file: &str, exists: bool| match exists {
        true => format!("{chapter}/src/{file}"),
        false => "/dev/null".to_owned(),
    };
    let mut diff = String::new();
    for file in &files {
        let (before, after) = (old.get(file), new.get(file));
        let from = header(&a.name, file, before.is_some());
        let to = header(&b.name, file, after.is_some());
        let text = |it: Option<&String>| it.cloned().unwrap_or_default();
        diff += &unified(&text(before), &text(after), CONTEXT, (&from, &to));
    }
    Ok(diff)
}

/// The difference between what happens in `scenario` of chapters `a` and `b`, given by
/// package name: the whole trace as text. Empty: the same happens.
///
/// # Errors
/// One of them lacks the scenario: the error says which, and what both have. Or
/// [`Programs::trace`] fails.
pub fn traces(
    programs: &Programs,
    a: &str,
    b: &str,
    scenario: &str,
) -> Result<String, Error> {
    check_both(programs, a, b, scenario)?;
    let (old, new) = (programs.trace(a, scenario)?, programs.trace(b, scenario)?);
    let (from, to) = (format!("{a} {scenario}"), format!("{b} {scenario}"));
    Ok(whole(&old, &new, (&from, &to)))
}

/// The difference between what happens in scenarios `a` and `b` of `chapter`, given by
/// package name: the whole trace as text. Empty: the same happens.
///
/// # Errors
/// The chapter lacks one of them: the error says which, and what it has. Or
/// [`Programs::trace`] fails.
pub fn scenarios(
    programs: &Programs,
    chapter: &str,
    a: &str,
    b: &str,
) -> Result<String, Error> {
    let (old, new) = (programs.trace(chapter, a)?, programs.trace(chapter, b)?);
    let (from, to) = (format!("{chapter} {a}"), format!("{chapter} {b}"));
    Ok(whole(&old, &new, (&from, &to)))
}

/// The difference between files `a` and `b` of `chapter`, given by their paths from its
/// directory. Empty: there is none.
///
/// # Errors
/// There is no such file (the error names the nearest), or it can't be read.
pub fn files(chapter: &Chapter, a: &str, b: &str) -> Result<String, Error> {
    let text = |file| Source::read(chapter, file).map(|it| it.text.join("\n") + "\n");
    let (from, to) = (format!("{}/{a}", chapter.name), format!("{}/{b}", chapter.name));
    Ok(unified(&text(a)?, &text(b)?, CONTEXT, (&from, &to)))
}

/// Counts the lines that `diff` adds and removes; its headers don't count.
#[must_use]
pub fn size(diff: &str) -> Size {
    let mut size = Size::default();
    for line in diff.lines() {
        let is_header = line.starts_with("--- ") || line.starts_with("+++ ");
        size.added += usize::from(line.starts_with('+') && !is_header);
        size.removed += usize::from(line.starts_with('-') && !is_header);
    }
    size
}

/// A unified diff of two traces that leaves nothing out.
fn whole(old: &Trace, new: &Trace, headers: (&str, &str)) -> String {
    let (old, new) = (old.to_text_beside(new), new.to_text_beside(old));
    let context = old.lines().count().max(new.lines().count());
    unified(&old, &new, context, headers)
}

/// A unified diff, or nothing when the two are equal.
fn unified(old: &str, new: &str, context: usize, (from, to): (&str, &str)) -> String {
    let mut config = TextDiff::configure();
    let diff = config.algorithm(Algorithm::Patience).diff_lines(old, new);
    let mut unified = diff.unified_diff();
    unified.context_radius(context).header(from, to).to_string()
}

/// An error unless both chapters have `scenario`.
pub(crate) fn check_both(
    programs: &Programs,
    a: &str,
    b: &str,
    scenario: &str,
) -> Result<(), Error> {
    let names = |chapter| -> Result<Vec<String>, Error> {
        let scenarios = programs.scenarios(chapter)?;
        Ok(scenarios.into_iter().map(|(name, _)| name).collect())
    };
    let (in_a, in_b) = (names(a)?, names(b)?);
    let has = |names: &[String]| names.iter().any(|name| name == scenario);
    let both: Vec<String> =
        in_a.iter().filter(|name| in_b.contains(name)).cloned().collect();
    let lacks = |lacking: &str| {
        let both = common(a, b, &both);
        Err(Error::new(format!("{lacking} has no scenario `{scenario}`; {both}")))
    };
    match (has(&in_a), has(&in_b)) {
        (true, true) => Ok(()),
        (false, true) => lacks(a),
        (true, false) => lacks(b),
        (false, false) => {
            let what = format!("scenario of {a} and {b}");
            Err(Error::unknown(&what, scenario, &both))
        }
    }
}

fn common(a: &str, b: &str, both: &[String]) -> String {
    match both.is_empty() {
        true => "no scenario is in both".to_owned(),
        false => format!("{a} and {b} both have: {}", both.join(", ")),
    }
}

/// The texts of a chapter's `src/`, by path below it, with `/` on every system.
fn sources(chapter: &Path) -> Result<BTreeMap<String, String>, Error> {
    let mut texts = BTreeMap::new();
    gather(&chapter.join("src"), "", &mut texts)?;
    Ok(texts)
}

/// Adds the files of `dir`, whose path below `src/` is `prefix`, to `texts`.
fn gather(
    dir: &Path,
    prefix: &str,
    texts: &mut BTreeMap<String, String>,
) -> Result<(), Error> {
    let entries = fs::read_dir(dir).map_err(|cause| Error::io("read", dir, cause))?;
    for entry in entries {
        let path = entry.map_err(|cause| Error::io("read", dir, cause))?.path();
        let mut name = prefix.to_owned();
        let file_name = path.file_name().unwrap_or_default();
        let _ = write!(name, "{}", file_name.to_string_lossy());
        if path.is_dir() {
            gather(&path, &format!("{name}/"), texts)?;
        } else {
            let bytes = fs::read(&path).map_err(|e| Error::io("read", &path, e))?;
            texts.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(())
}

/// The files as `mod` lines name them, beginning with `lib.rs`; then the rest, sorted.
fn reading_order(files: &BTreeMap<String, String>) -> Vec<String> {
    let mut order = Vec::new();
    for root in ["lib.rs", "main.rs"] {
        follow(files, root, "", &mut order);
    }
    let named: BTreeSet<String> = order.iter().cloned().collect();
    order.extend(files.keys().filter(|it| !named.contains(*it)).cloned());
    order
}

/// Adds `file`, then the modules it declares, which lie in `dir`.
fn follow(
    files: &BTreeMap<String, String>,
    file: &str,
    dir: &str,
    order: &mut Vec<String>,
) {
    let Some(text) = files.get(file) else { return };
    order.push(file.to_owned());
    for module in text.lines().filter_map(declared) {
        let below = format!("{dir}{module}/");
        follow(files, &format!("{dir}{module}.rs"), &below, order);
        follow(files, &format!("{dir}{module}/mod.rs"), &below, order);
    }
}

/// The module that a line such as `pub(crate) mod heap;` declares.
fn declared(line: &str) -> Option<&str> {
    let (before, module) = line.trim().strip_suffix(';')?.rsplit_once("mod ")?;
    let is_visibility = before.is_empty() || before.starts_with("pub");
    is_visibility.then(|| module.trim())
}
