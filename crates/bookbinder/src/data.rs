//! The book's data files: lists of entries in TOML, each entry a few lines of text.
//!
//! Invariant: an entry has no key that nobody reads, so a misspelt one can't go unnoticed.

use std::fs;

use toml::{Table, Value};

use crate::{Error, Workspace};

/// One `[[entry]]` of a data file.
#[derive(Debug)]
pub(crate) struct Record {
    /// The file, from the workspace's root: `book/glossary.toml`.
    file: &'static str,
    /// Its keys and values.
    table: Table,
}

impl Record {
    /// The text under `key`.
    pub(crate) fn text(&self, key: &str) -> Result<String, Error> {
        let text = self.optional(key);
        text.ok_or_else(|| self.wrong(&format!("lacks `{key} = \"…\"`")))
    }

    /// The text under `key`, if there is any.
    pub(crate) fn optional(&self, key: &str) -> Option<String> {
        self.table.get(key).and_then(Value::as_str).map(str::to_owned)
    }

    /// The list of texts under `key`; empty, if there is none.
    pub(crate) fn list(&self, key: &str) -> Vec<String> {
        let values = self.table.get(key).and_then(Value::as_array).into_iter().flatten();
        values.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// The error that says what is wrong with this entry.
    pub(crate) fn wrong(&self, what: &str) -> Error {
        let entry =
            self.table.iter().next().map(|(key, value)| format!("{key} = {value}"));
        let entry = entry.unwrap_or_default();
        Error::new(format!("{}: the entry with {entry} {what}", self.file))
    }

    fn check(self, keys: &[&str]) -> Result<Self, Error> {
        match self.table.keys().find(|key| !keys.contains(&key.as_str())) {
            Some(key) => Err(Error::unknown(&format!("key in {}", self.file), key, keys)),
            None => Ok(self),
        }
    }
}

/// The entries `[[kind]]` of `file`, in its order; each may have `keys`.
pub(crate) fn records(
    ws: &Workspace,
    file: &'static str,
    kind: &str,
    keys: &[&str],
) -> Result<Vec<Record>, Error> {
    let path = ws.root().join(file);
    let text = fs::read_to_string(&path).map_err(|e| Error::io("read", &path, e))?;
    let table: Table =
        text.parse().map_err(|cause| Error::new(format!("{file}: {cause}")))?;
    let entries = table.get(kind).and_then(Value::as_array);
    let missing = || Error::new(format!("{file} has no [[{kind}]]"));
    let entries = entries.ok_or_else(missing)?.iter().filter_map(Value::as_table);
    entries.map(|table| Record { file, table: table.clone() }.check(keys)).collect()
}
