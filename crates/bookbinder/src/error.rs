//! What went wrong, said so that somebody can act on it: the thing by name, the cause,
//! and the next step.
//!
//! Invariant: an error is text for people. Nothing branches on what is inside one, so
//! nothing inside is public.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a book, a trace or a comparison could not be made.
#[derive(Debug)]
pub struct Error {
    /// What was being done, the outermost last: `book/src/ch02-sleep.md:41`.
    context: Vec<String>,
    /// What failed.
    kind: Kind,
}

/// What failed, one variant for each way of saying it.
#[derive(Debug)]
enum Kind {
    /// A message that says everything.
    Message(String),
    /// The system refused something to do with a path.
    Io {
        /// A verb in its plain form: `read`, `write`, `run`.
        action: &'static str,
        /// To what.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// Many at once, so that a writer mends them in one round.
    All(Vec<Error>),
}

impl Error {
    /// An error that `message` says in full: what, why, and what to do about it.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Kind::Message(message.into()).into()
    }

    /// `can't {action} {path}: {cause}`.
    #[must_use]
    pub fn io(action: &'static str, path: impl AsRef<Path>, cause: io::Error) -> Self {
        let path = path.as_ref().to_path_buf();
        let kind = Kind::Io { action, path, cause };
        kind.into()
    }

    /// Several errors as one; each is said on its own line, in the order given.
    #[must_use]
    pub fn all(errors: Vec<Error>) -> Self {
        Kind::All(errors).into()
    }

    /// The same error, said to have happened while doing `what`: it stands in front.
    #[must_use]
    pub fn with_context(mut self, what: impl Into<String>) -> Self {
        self.context.push(what.into());
        self
    }

    /// `nothing is called {asked}`, the nearest of `known`, and then all of them.
    #[must_use]
    pub fn unknown(what: &str, asked: &str, known: &[impl AsRef<str>]) -> Self {
        let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
        let near = nearest(asked, &known);
        let near = near.map(|near| {
            format!("; did you mean `{near}`? There are: {}", known.join(", "))
        });
        let all = match known.is_empty() {
            true => "; there are none".to_owned(),
            false => format!("; there are: {}", known.join(", ")),
        };
        let rest = near.unwrap_or(all);
        Error::new(format!("no {what} is called `{asked}`{rest}"))
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        let context = Vec::new();
        Error { context, kind }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for what in self.context.iter().rev() {
            write!(f, "{what}: ")?;
        }
        match &self.kind {
            Kind::Message(message) => f.write_str(message),
            Kind::Io { action, path, cause } => {
                write!(f, "can't {action} {}: {cause}", path.display())
            }
            Kind::All(errors) => {
                let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            Kind::Io { cause, .. } => Some(cause),
            Kind::Message(_) | Kind::All(_) => None,
        }
    }
}

/// The one of `known` that `asked` was probably meant to be, if one is near enough.
pub(crate) fn nearest<'a>(asked: &str, known: &[&'a str]) -> Option<&'a str> {
    let best = known.iter().min_by_key(|one| distance(asked, one))?;
    let near_enough = (asked.chars().count().max(best.chars().count()) / 2).max(1);
    (distance(asked, best) <= near_enough).then_some(*best)
}

/// Levenshtein's: letters to add, drop or change, row by row.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.to_lowercase().chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
