//! The chapters' programs, built and run: the only way in which the book and the tool
//! learn what a chapter does.
//!
//! Invariant: a program is observed from outside, through the command line that every
//! chapter has. Each list of scenarios and each recording is made once and kept for as
//! long as [`Programs`] lives. Neither this crate nor the tool links to a chapter.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use serde_json::Value;
use trace::Trace;

use crate::{Chapter, Error, Workspace};

/// The built programs of some chapters.
#[derive(Debug)]
pub struct Programs {
    /// What programs run in: the workspace's root.
    root: PathBuf,
    /// Package name to executable, of the chapters that were built.
    executables: BTreeMap<String, PathBuf>,
    /// What chapters said they have, so far.
    lists: Mutex<BTreeMap<String, Vec<(String, String)>>>,
    /// What was recorded so far, by chapter and scenario.
    traces: Mutex<BTreeMap<(String, String), Trace>>,
}

/// What a program wrote, and whether it ended well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
    /// Whether it ended with exit code 0.
    pub success: bool,
}

impl Programs {
    /// Builds the programs of all chapters, in one call of Cargo.
    ///
    /// # Errors
    /// Cargo can't be run, or a chapter doesn't compile: then with its messages.
    pub fn build(workspace: &Workspace) -> Result<Programs, Error> {
        Self::build_these(workspace, &workspace.chapters()?)
    }

    /// Builds the program of `chapter` alone.
    ///
    /// # Errors
    /// As [`Programs::build`].
    pub fn build_one(
        workspace: &Workspace,
        chapter: &Chapter,
    ) -> Result<Programs, Error> {
        Self::build_these(workspace, std::slice::from_ref(chapter))
    }

    /// Builds the programs of `chapters`.
    ///
    /// # Errors
    /// As [`Programs::build`].
    pub fn build_these(
        workspace: &Workspace,
        chapters: &[Chapter],
    ) -> Result<Programs, Error> {
        let root = workspace.root().to_path_buf();
        let names: Vec<&str> = chapters.iter().map(|one| one.name.as_str()).collect();
        let executables = match names.is_empty() {
            true => BTreeMap::new(), // without a name, Cargo would build everything
            false => executables(&root, &names)?,
        };
        let (lists, traces) = (Mutex::default(), Mutex::default());
        let programs = Programs { root, executables, lists, traces };
        for name in names {
            programs.executable(name)?;
        }
        Ok(programs)
    }

    /// Where the program of `chapter` is: to run it with one's own input and output, in
    /// the workspace's root.
    ///
    /// # Errors
    /// The chapter has no program of its own name, or was not built here.
    pub fn executable(&self, chapter: &str) -> Result<&Path, Error> {
        let missing = || {
            let built: Vec<&String> = self.executables.keys().collect();
            Error::unknown("chapter with a program", chapter, &built)
        };
        let found = self.executables.get(chapter).map(PathBuf::as_path);
        found.ok_or_else(missing)
    }

    /// The scenarios of `chapter`, in its own order: name, and what it shows.
    ///
    /// # Errors
    /// The program can't be run, or doesn't answer `--list`.
    pub fn scenarios(&self, chapter: &str) -> Result<Vec<(String, String)>, Error> {
        let lists =
            || self.lists.lock().expect("nothing panics while it holds the lists");
        let known = lists().get(chapter).cloned();
        if let Some(list) = known {
            return Ok(list);
        }
        let output = self.run(chapter, &["--list"])?;
        if !output.success {
            return Err(failed(&format!("{chapter} --list"), &output));
        }
        let list: Vec<_> = output.stdout.lines().map(listed).collect();
        lists().insert(chapter.to_owned(), list.clone());
        Ok(list)
    }

    /// Looks whether `chapter` has `scenario`.
    ///
    /// # Errors
    /// It hasn't (the error names all that it has, and the nearest), or
    /// [`Programs::scenarios`] fails.
    pub fn check_scenario(&self, chapter: &str, scenario: &str) -> Result<(), Error> {
        let scenarios = self.scenarios(chapter)?;
        let names: Vec<&str> = scenarios.iter().map(|(name, _)| name.as_str()).collect();
        if names.contains(&scenario) {
            return Ok(());
        }
        let what = format!("scenario of {chapter}");
        Err(Error::unknown(&what, scenario, &names))
    }

    /// What happens in `scenario` of `chapter`, on the virtual clock.
    ///
    /// # Errors
    /// The scenario doesn't exist, fails, or writes something that is no trace.
    pub fn trace(&self, chapter: &str, scenario: &str) -> Result<Trace, Error> {
        let key = (chapter.to_owned(), scenario.to_owned());
        let known = self.traces().get(&key).cloned();
        if let Some(trace) = known {
            return Ok(trace);
        }
        self.check_scenario(chapter, scenario)?;
        let trace = self.record(chapter, scenario)?;
        self.traces().insert(key, trace.clone());
        Ok(trace)
    }

    /// Runs the program of `chapter` with `args`, in the workspace's root.
    ///
    /// # Errors
    /// It can't be started. That it ends badly is no error but [`Output::success`].
    pub fn run(&self, chapter: &str, args: &[&str]) -> Result<Output, Error> {
        output(&self.root, self.executable(chapter)?, args)
    }

    /// Runs a command line as a reader types it. `cargo run -p CHAPTER -- ...` runs the
    /// program that is built already, any other line of Cargo's goes through Cargo, in
    /// the workspace's root. Words are parted by blanks; there are no quotes.
    ///
    /// # Errors
    /// The line is not one of Cargo's, or can't be started.
    pub fn command(&self, line: &str) -> Result<Output, Error> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some((&"cargo", args)) = words.split_first() else {
            return Err(Error::new(format!(
                "`{line}` is not run here: only command lines that start with `cargo` are"
            )));
        };
        match program_and_args(args) {
            Some((chapter, args)) => self.run(chapter, args),
            None => output(&self.root, &cargo(), args),
        }
    }

    /// Makes the recording.
    fn record(&self, chapter: &str, scenario: &str) -> Result<Trace, Error> {
        let what = format!("{chapter} {scenario} --trace jsonl");
        let output = self.run(chapter, &[scenario, "--trace", "jsonl"])?;
        if !output.success {
            return Err(failed(&what, &output));
        }
        Trace::from_jsonl(&output.stdout)
            .map_err(|cause| Error::new(cause.to_string()).with_context(what))
    }

    fn traces(&self) -> std::sync::MutexGuard<'_, BTreeMap<(String, String), Trace>> {
        self.traces.lock().expect("nothing panics while it holds the recordings")
    }
}

/// A line of `--list`: name and sentence, parted by a tab.
fn listed(line: &str) -> (String, String) {
    let (name, about) = line.split_once('\t').unwrap_or((line, ""));
    (name.to_owned(), about.to_owned())
}

/// Chapter and arguments of `run -p CHAPTER [-- ARGS]`; other options are Cargo's.
fn program_and_args<'a>(args: &'a [&'a str]) -> Option<(&'a str, &'a [&'a str])> {
    match args {
        ["run", "-p" | "--package", chapter] => Some((chapter, &[])),
        ["run", "-p" | "--package", chapter, "--", rest @ ..] => Some((chapter, rest)),
        _ => None,
    }
}

/// The Cargo that runs us, or else the one in `PATH`.
fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

/// Builds `packages` and returns where their programs are, by package name.
fn executables(
    root: &Path,
    packages: &[&str],
) -> Result<BTreeMap<String, PathBuf>, Error> {
    let mut args = vec!["build", "--quiet", "--color", color()];
    args.push("--message-format=json-render-diagnostics");
    args.extend(packages.iter().flat_map(|name| ["--package", name]));
    let output = output(root, &cargo(), &args)?;
    if !output.success {
        let what = format!("can't build {}", packages.join(", "));
        return Err(Error::new(format!("{what}\n{}", output.stderr.trim_end())));
    }
    Ok(output.stdout.lines().filter_map(executable).collect())
}

/// Messages of the compiler are coloured when they will be read on a terminal.
fn color() -> &'static str {
    let is_plain = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
    match std::io::stderr().is_terminal() && !is_plain {
        true => "always",
        false => "never",
    }
}

/// Name and path, if `line` is Cargo's message about a program.
fn executable(line: &str) -> Option<(String, PathBuf)> {
    let message: Value = serde_json::from_str(line).ok()?;
    let path = message.get("executable")?.as_str()?;
    let name = message.get("target")?.get("name")?.as_str()?;
    Some((name.to_owned(), PathBuf::from(path)))
}

/// Runs a program to its end and collects what it writes.
fn output(root: &Path, program: &Path, args: &[&str]) -> Result<Output, Error> {
    let mut command = Command::new(program);
    let output = command.args(args).current_dir(root).output();
    let output = output.map_err(|cause| Error::io("run", program, cause))?;
    Ok(Output {
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        success: output.status.success(),
    })
}

/// The error for a program that should have succeeded.
fn failed(what: &str, output: &Output) -> Error {
    let said = match output.stderr.trim_end() {
        "" => "and wrote nothing to standard error",
        said => said,
    };
    Error::new(format!("`{what}` failed: {said}"))
}
