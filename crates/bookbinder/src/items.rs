//! The items of a Rust file by name, and the lines each of them takes.
//!
//! Invariant: an item's lines are whole lines, with its doc comments, its attributes and
//! the `//` comments right above it. Nothing is kept beside the source: a name is looked
//! up in the file as it is now, so that a page can't outlive the code that it shows.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::Error;
use crate::reader::read;

/// Lines of a file, from 1, both ends included.
pub(crate) type Lines = RangeInclusive<usize>;

/// The items of one file.
#[derive(Debug)]
pub(crate) struct Items {
    /// In the order of the file, an item before its members.
    entries: Vec<Entry>,
    /// Everything that is listed together: `//!`, `use` and `mod` lines.
    groups: Groups,
}

/// Lines that are asked for together, by what they begin with.
pub(crate) type Groups = Vec<(&'static str, Vec<Lines>)>;

/// One item or member.
#[derive(Debug)]
pub(crate) struct Entry {
    /// What it is called at full length: `impl Coroutine for Countdown::resume`.
    pub(crate) name: String,
    /// What else it answers to, the nearest first: `Countdown::resume`.
    pub(crate) aliases: Vec<String>,
    /// The lines that it takes.
    pub(crate) lines: Lines,
    /// For what encloses others: its lines from the opening to the brace, and the last.
    pub(crate) frame: Option<(Lines, usize)>,
}

impl Items {
    /// Reads a file's `text`.
    pub(crate) fn of(text: &str) -> Result<Self, Error> {
        let (entries, groups) = read(text)?;
        Ok(Items { entries, groups })
    }

    /// All items and members.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The name of what has `line`: the innermost item, or a group.
    pub(crate) fn at(&self, line: usize) -> Option<&str> {
        let group =
            |(_, runs): &&(_, Vec<Lines>)| runs.iter().any(|it| it.contains(&line));
        let group = self.groups.iter().find(group).map(|(name, _)| *name);
        self.innermost(line).map(Entry::short).or(group)
    }

    /// The innermost item that has `line`.
    pub(crate) fn innermost(&self, line: usize) -> Option<&Entry> {
        let has_line = |it: &&Entry| it.lines.contains(&line);
        let size = |it: &&Entry| it.lines.end() - it.lines.start();
        self.entries.iter().filter(has_line).min_by_key(size)
    }

    /// Where `name` is: several runs of lines for `use`, one for anything else.
    pub(crate) fn find(&self, name: &str) -> Result<Vec<Lines>, Error> {
        if let Some((_, lines)) = self.groups.iter().find(|(group, _)| *group == name) {
            return match lines.is_empty() {
                true => Err(Error::new(format!("the file has no `{name}` lines"))),
                false => Ok(joined(lines)),
            };
        }
        let name = squeezed(name);
        let depth = self.entries.iter().map(|it| it.aliases.len()).max().unwrap_or(0);
        for rank in 0..=depth {
            let found: Vec<&Entry> =
                self.entries.iter().filter(|it| it.is_called(&name, rank)).collect();
            match &*found {
                [] => {}
                [one] => return Ok(vec![one.lines.clone()]),
                _ => return Err(ambiguous(&name, &found)),
            }
        }
        Err(Error::unknown("item", &name, &self.names()))
    }

    /// Each thing that can be asked for, under its shortest unambiguous name.
    fn names(&self) -> Vec<String> {
        let groups = self.groups.iter().filter(|(_, lines)| !lines.is_empty());
        let mut names: Vec<String> = groups.map(|(name, _)| (*name).to_owned()).collect();
        names.extend(self.entries.iter().map(|it| it.short().to_owned()));
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
    }
}

impl Entry {
    fn is_called(&self, name: &str, rank: usize) -> bool {
        match rank {
            0 => squeezed(&self.name) == name,
            _ => self.aliases.get(rank - 1).is_some_and(|it| squeezed(it) == name),
        }
    }

    /// What a page would call it.
    pub(crate) fn short(&self) -> &str {
        self.aliases.first().unwrap_or(&self.name)
    }
}

fn ambiguous(name: &str, found: &[&Entry]) -> Error {
    let each =
        found.iter().map(|it| format!("\"{}\" (line {})", it.name, it.lines.start()));
    let each = each.collect::<Vec<_>>().join(", ");
    Error::new(format!("`{name}` means {} items; say which: {each}", found.len()))
}

/// Runs of lines that touch become one.
pub(crate) fn joined(lines: &[Lines]) -> Vec<Lines> {
    let mut runs: Vec<Lines> = Vec::new();
    for one in lines {
        match runs.last_mut() {
            Some(last) if *one.start() <= last.end() + 1 => {
                *last = *last.start()..=*one.end().max(last.end());
            }
            _ => runs.push(one.clone()),
        }
    }
    runs
}

/// Without blanks, but for one after a leading keyword: so that names can be compared.
fn squeezed(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").replace(", ", ",")
}
