//! `propagate`: a fix made in an early stage is made in the later ones too. Stages copy
//! each other on purpose; this is what keeps the copies from drifting apart.
//!
//! Invariant: a file is replaced whole or not at all, and never by one with conflict
//! markers. From one stage to the next, everything that merges is written before the
//! first conflict stops the way; so going on from there by hand loses nothing.
//!
//! It compares with a commit and never makes one.

mod report;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bookbinder::{Chapter, Workspace};
use tempfile::NamedTempFile;

use crate::cli::PropagateArgs;
use crate::failure::Failure;
use crate::git::{self, Merged, Revision, Version};
use crate::{names, out};

/// Stages have numbers up to this one; what comes later are layers, which copy nothing.
const LAST_STAGE: u32 = 6;

/// What became of one file on its way from a stage to the next.
#[derive(Debug)]
enum Outcome {
    /// The next stage's text changes to this.
    Merged(String),
    /// The change is there already.
    Same,
    /// It isn't carried on, for this reason.
    Ended(String),
    /// It can't be: the places, with git's markers.
    Conflict(String),
}

/// Texts before and after what this run writes, or would write.
#[derive(Debug)]
struct Written {
    /// What the file held.
    before: String,
    /// What it holds now.
    after: String,
}

/// One run of the command.
#[derive(Debug)]
struct Run<'a> {
    /// Of the workspace.
    root: &'a Path,
    /// What changes are counted from.
    since: Revision,
    /// The last stage's name: nothing comes after it.
    last: String,
    /// Whether files stay as they are.
    dry: bool,
    /// What this run has written, by path below the root.
    written: BTreeMap<PathBuf, Written>,
}

/// A stage and the one after it.
#[derive(Clone, Copy, Debug)]
struct Step<'a> {
    /// Where changes come from.
    from: &'a Chapter,
    /// Where they go.
    to: &'a Chapter,
}

pub(crate) fn propagate(
    workspace: &Workspace,
    args: &PropagateArgs,
) -> Result<ExitCode, Failure> {
    let stages = stages(workspace, args.chapter.as_deref())?;
    let mut run = Run {
        root: workspace.root(),
        since: Revision::find(workspace.root(), &args.from)?,
        last: stages.last().map_or_else(String::new, |stage| stage.name.clone()),
        dry: args.dry_run,
        written: BTreeMap::new(),
    };
    if let [only] = &stages[..] {
        return out::print(&format!("{} is the last stage\n", only.name));
    }
    let mut changed = 0;
    for pair in stages.windows(2) {
        changed += run.step(Step { from: &pair[0], to: &pair[1] })?;
    }
    out::print(&run.summary(changed))
}

/// The stages from the one that `first` names, or all.
fn stages(workspace: &Workspace, first: Option<&str>) -> Result<Vec<Chapter>, Failure> {
    let mut stages = workspace.chapters()?;
    stages.retain(|chapter| chapter.number <= LAST_STAGE);
    let Some(first) = first else { return Ok(stages) };
    let first = names::chapter(workspace, first)?;
    if first.number > LAST_STAGE {
        let names: Vec<&str> = stages.iter().map(|stage| stage.name.as_str()).collect();
        return Err(Failure::usage(format!(
            "{} is a layer: no later chapter copies it; the stages are: {}",
            first.name,
            names.join(", ")
        )));
    }
    stages.retain(|stage| stage.number >= first.number);
    Ok(stages)
}

impl Run<'_> {
    /// Carries every changed file of one stage into the next. Returns how many there are.
    fn step(&mut self, step: Step<'_>) -> Result<usize, Failure> {
        let files = self.changed(step.from)?;
        let mut conflicts = Vec::new();
        for file in &files {
            let target = step.to.dir.join(file);
            let target = self.below_root(&target);
            let outcome = self.carry(step, file)?;
            out::print(&self.line(step, file, &outcome))?;
            match outcome {
                Outcome::Merged(text) => self.write(target, text)?,
                Outcome::Conflict(places) => conflicts.push((target, places)),
                Outcome::Same | Outcome::Ended(_) => {}
            }
        }
        match conflicts.is_empty() {
            true => Ok(files.len()),
            false => Err(self.stopped(step, &conflicts)),
        }
    }

    /// The files of a stage, by path below its crate, that changed since the revision:
    /// on disk, or in what this run would have written.
    fn changed(&self, stage: &Chapter) -> Result<BTreeSet<PathBuf>, Failure> {
        let crate_dir = self.below_root(&stage.dir);
        let on_disk = self.since.changed(&crate_dir.join("src"))?;
        let all = on_disk.iter().chain(self.written.keys());
        let ours = all.filter_map(|path| path.strip_prefix(&crate_dir).ok());
        Ok(ours.map(Path::to_path_buf).collect())
    }

    /// Merges what changed in one file of a stage into the next stage's.
    fn carry(&self, step: Step<'_>, file: &Path) -> Result<Outcome, Failure> {
        let (source, target) = (step.from.dir.join(file), step.to.dir.join(file));
        let (from, to) = (&step.from.name, &step.to.name);
        let Some(theirs) = self.now(&source)? else {
            return Ok(Outcome::Ended(format!(
                "deleted, or no text, in {from}; see to it by hand"
            )));
        };
        let Some(ours) = self.now(&target)? else {
            return Ok(Outcome::Ended(format!("{to} has no such file")));
        };
        let Some(base) = self.before(&source)? else {
            let since = &self.since.name;
            return Ok(Outcome::Ended(format!(
                "new in {from} since {since}; compare by hand"
            )));
        };
        let base_name = format!("{from} at {}", self.since.name);
        let merged = git::merge(
            Version { name: to, text: &ours },
            Version { name: &base_name, text: &base },
            Version { name: from, text: &theirs },
        )?;
        Ok(match merged {
            Merged::Clean(text) if text == ours => Outcome::Same,
            Merged::Clean(text) => Outcome::Merged(text),
            Merged::Conflict(places) => Outcome::Conflict(places),
        })
    }

    /// A file's text, as this run leaves it; none if there is none.
    fn now(&self, path: &Path) -> Result<Option<String>, Failure> {
        if let Some(written) = self.written.get(&self.below_root(path)) {
            return Ok(Some(written.after.clone()));
        }
        match fs::read(path) {
            Ok(bytes) => Ok(String::from_utf8(bytes).ok()),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(Failure::to_do("read", path.display(), e)),
        }
    }

    /// A file's text at the revision. A stage that isn't committed yet is compared with
    /// what it was before this run.
    fn before(&self, path: &Path) -> Result<Option<String>, Failure> {
        let path = self.below_root(path);
        let committed = self.since.text(&path)?;
        let written = self.written.get(&path).map(|written| written.before.clone());
        Ok(committed.or(written))
    }

    /// Replaces a file that exists, and remembers what it was.
    fn write(&mut self, path: PathBuf, after: String) -> Result<(), Failure> {
        let whole = self.root.join(&path);
        let before = self.now(&whole)?.unwrap_or_default();
        if !self.dry {
            replace(&whole, &after)
                .map_err(|cause| Failure::to_do("write", path.display(), cause))?;
        }
        self.written.insert(path, Written { before, after });
        Ok(())
    }

    fn below_root(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.root).unwrap_or(path).to_path_buf()
    }
}

/// Puts a new file in the place of the old one, in one step, with its permissions.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(dir)?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(fs::metadata(path)?.permissions())?;
    file.persist(path)?;
    Ok(())
}
