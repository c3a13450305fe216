//! What `propagate` says: a line per file, how it ended, and how to go on.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::{Outcome, Run, Step};
use crate::failure::Failure;

impl Run<'_> {
    /// `ch02-sleep -> ch03-select  src/event_loop.rs: merged`.
    pub(super) fn line(&self, step: Step<'_>, file: &Path, outcome: &Outcome) -> String {
        let what = match outcome {
            Outcome::Merged(_) if self.dry => "would be merged",
            Outcome::Merged(_) => "merged",
            Outcome::Same => "is there already",
            Outcome::Ended(why) => why,
            Outcome::Conflict(_) => "conflicts",
        };
        let (from, to) = (&step.from.name, &step.to.name);
        format!("{from} -> {to}  {}: {what}\n", file.display())
    }

    /// How it ended, when it went through.
    pub(super) fn summary(&self, changed: usize) -> String {
        let since = &self.since.name;
        match (changed, self.written.len()) {
            (0, _) => {
                format!("no stage's src/ changed since {since}: nothing to carry\n")
            }
            (_, 0) => "nothing to write\n".to_owned(),
            (_, n) if self.dry => format!("{n} to write; nothing was (--dry-run)\n"),
            (_, n) => format!(
                "{n} written; look at `git diff`, then `cargo test --workspace`\n"
            ),
        }
    }

    /// What conflicts, what is done, and how to go on.
    pub(super) fn stopped(
        &self,
        step: Step<'_>,
        conflicts: &[(PathBuf, String)],
    ) -> Failure {
        let (from, to) = (&step.from.name, &step.to.name);
        let mut text = format!("stopped: {from} and {to} differ where it changed\n");
        for (file, places) in conflicts {
            let _ = write!(text, "\n{}:\n{places}", file.display());
        }
        let files: Vec<_> =
            conflicts.iter().map(|(file, _)| file.display().to_string()).collect();
        let (done, next) = (self.done_so_far(), self.next(to));
        let _ = write!(
            text,
            "\n{done}\nNo conflict markers were written: what conflicts is as it was.\n\
             To go on, make the change of {from} by hand in {}{next}",
            files.join(" and "),
        );
        Failure::failed(text)
    }

    fn next(&self, to: &str) -> String {
        let since = match self.since.name.as_str() {
            "HEAD" => String::new(),
            name => format!(" --from {name}"),
        };
        match to == self.last {
            true => ", and that is all: nothing comes after it".to_owned(),
            false => format!(", then\n  cargo workbook propagate {to}{since}"),
        }
    }

    fn done_so_far(&self) -> String {
        let written = match self.dry {
            true => "Would be written",
            false => "Written",
        };
        if self.written.is_empty() {
            return format!("{written} before that: nothing.");
        }
        let files = self.written.keys().map(|path| format!("\n  {}", path.display()));
        format!("{written} before that:{}", files.collect::<String>())
    }
}
