//! How a page shows a difference: closed, with its size in front.
//!
//! Invariant: the diff is `stage_diff`'s, whole or the part about one file.

use crate::html::{code, code_box, counted, folded};
use crate::render::Rendered;
use crate::stage_diff::size;

/// A figure of `diff`, which says how `what` (HTML) changed from one thing to another.
pub(crate) fn figure(what: &str, from: &str, to: &str, diff: &str) -> Rendered {
    let size = size(diff);
    let change = match diff.is_empty() {
        true => "no difference".to_owned(),
        false => {
            format!("{} added, {} removed", counted(size.added, "line"), size.removed)
        }
    };
    let summary = format!("{what}, from {} to {}: {change}", code(from), code(to));
    let label = format!("Difference from {from} to {to}");
    let markdown = match diff.is_empty() {
        true => format!("<p class=\"diff\">{summary}.</p>"),
        false => folded("diff", &summary, &code_box("diff", &label, diff)),
    };
    Rendered { markdown, text: format!("{change}\n{diff}"), svg: None }
}

/// The part of `diff` about `file`, a path from the chapter's directory.
pub(crate) fn one_file(diff: &str, file: &str) -> String {
    let about = |part: &&&str| files(part).any(|it| it == file);
    parts(diff).iter().filter(about).copied().collect()
}

/// The files that `diff` is about.
pub(crate) fn changed(diff: &str) -> Vec<String> {
    let parts = parts(diff);
    let names = parts.iter().filter_map(|part| files(part).next());
    names.map(str::to_owned).collect()
}

/// One part for each file: from its `---` line, which a `+++` line follows.
fn parts(diff: &str) -> Vec<&str> {
    let starts = diff.match_indices("--- ").map(|(at, _)| at).filter(|&at| {
        let is_line = at == 0 || diff.as_bytes()[at - 1] == b'\n';
        let next = diff[at..].split_once('\n').map_or("", |(_, next)| next);
        is_line && next.starts_with("+++ ")
    });
    let starts: Vec<usize> = starts.collect();
    let ends = starts.iter().skip(1).copied().chain([diff.len()]);
    starts.iter().zip(ends).map(|(&start, end)| &diff[start..end]).collect()
}

/// Paths in the two headings, from the chapter's directory.
fn files(part: &str) -> impl Iterator<Item = &str> {
    let headings = part.lines().take(2).map(|line| &line["--- ".len()..]);
    let inside = |path: &'_ str| path.find('/').map(|at| at + 1);
    let paths = headings.filter(|path| *path != "/dev/null");
    paths.filter_map(move |path| inside(path).map(|at| &path[at..]))
}
