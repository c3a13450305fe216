//! The workspace as one build sees it: each manifest and each source is read once, however
//! many listings cut from it.
//!
//! Invariant: it lives for one build, so the next one sees every edit. What a page shows
//! is what was on the disk while the book was made.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::listing::Source;
use crate::workspace::chapter_called;
use crate::{Chapter, Error, Workspace};

/// Chapters and their files, for one build.
#[derive(Debug)]
pub(crate) struct Sources<'a> {
    /// Where everything is.
    pub(crate) workspace: &'a Workspace,
    /// All chapters.
    chapters: Vec<Chapter>,
    /// What was read so far, by chapter and file.
    files: Mutex<BTreeMap<(String, String), Arc<Source>>>,
}

impl Sources<'_> {
    /// Reads the chapters' manifests, and no file yet.
    pub(crate) fn new(workspace: &Workspace) -> Result<Sources<'_>, Error> {
        let chapters = workspace.chapters()?;
        Ok(Sources { workspace, chapters, files: Mutex::default() })
    }

    /// The chapter that `name` means, as [`Workspace::chapter`] says.
    pub(crate) fn chapter(&self, name: &str) -> Result<Chapter, Error> {
        chapter_called(name, &self.chapters)
    }

    /// `file` of `chapter`.
    pub(crate) fn file(
        &self,
        chapter: &Chapter,
        file: &str,
    ) -> Result<Arc<Source>, Error> {
        let files =
            || self.files.lock().expect("nothing panics while it holds the files");
        let key = (chapter.name.clone(), file.to_owned());
        let known = files().get(&key).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let source = Arc::new(Source::read(chapter, file)?);
        files().insert(key, source.clone());
        Ok(source)
    }
}
