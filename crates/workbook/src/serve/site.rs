//! A directory, as it is served: every file by its name, in memory.
//!
//! Invariant: what is here is a regular file below the root, reached through no link, with
//! no name on the way that begins with a dot.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::io;
use std::path::Path;

use hyper::body::Bytes;
use hyper::header::HeaderValue;

use super::policy;

/// The files by name: `ch02-sleep/index.html`.
pub(crate) struct Site(BTreeMap<String, File>);

/// A file, and what its answers say of it.
pub(crate) struct File {
    /// Its bytes. A clone only counts, so slow readers cost no memory.
    pub(crate) bytes: Bytes,
    /// Its media type.
    pub(crate) kind: &'static str,
    /// Changes when its bytes do.
    pub(crate) tag: HeaderValue,
    /// What a browser may do with it.
    pub(crate) policy: HeaderValue,
}

/// What a name stands for.
pub(crate) enum Found<'a> {
    /// A file.
    File(&'a File),
    /// A directory with a first page: its address ends with a slash.
    Directory,
    /// Nothing.
    Nothing,
}

impl Site {
    /// Reads all that lies below `root`.
    ///
    /// # Errors
    /// A file can't be read.
    pub(crate) fn read(root: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        read_below(root, "", &mut files)?;
        Ok(Site(files))
    }

    /// What `name` stands for; a directory's own is empty or ends with a slash.
    pub(crate) fn find(&self, name: &str) -> Found<'_> {
        if let Some(file) = self.0.get(name) {
            return Found::File(file);
        }
        let is_directory = name.is_empty() || name.ends_with('/');
        let slash = if is_directory { "" } else { "/" };
        match self.0.get(&format!("{name}{slash}index.html")) {
            Some(file) if is_directory => Found::File(file),
            Some(_) => Found::Directory,
            None => Found::Nothing,
        }
    }
}

fn read_below(
    dir: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, File>,
) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        // Of a link, that it is one: it isn't followed.
        let kind = entry.file_type()?;
        let full = format!("{prefix}{name}");
        if name.starts_with('.') {
        } else if kind.is_dir() {
            read_below(&entry.path(), &format!("{full}/"), files)?;
        } else if kind.is_file() {
            let file = File::new(&full, fs::read(entry.path())?);
            files.insert(full, file);
        }
    }
    Ok(())
}

impl File {
    fn new(name: &str, bytes: Vec<u8>) -> Self {
        let kind = kind(name);
        let is_page = kind.starts_with("text/html");
        let page = String::from_utf8_lossy(if is_page { &bytes } else { &[] });
        let (tag, policy) = (tag(&bytes), policy::of_page(&page));
        File { bytes: bytes.into(), kind, tag, policy }
    }
}

fn tag(bytes: &[u8]) -> HeaderValue {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    let tag = format!("\"{:x}-{:016x}\"", bytes.len(), hasher.finish());
    HeaderValue::try_from(tag).expect("hexadecimal digits")
}

/// The media type that a name's ending stands for. Browsers are told not to guess.
fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
