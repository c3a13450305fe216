//! The book as a whole: its pages in order, and the HTML that is made of them.
//!
//! Invariant: every page is expanded before mdBook gets to work. So all that is wrong is
//! said at once, and nothing is written unless nothing is wrong.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use mdbook_driver::MDBook;
use mdbook_driver::book::{Book, BookItem};
use mdbook_preprocessor::errors::Result as MdResult;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::outline::Stages;
use crate::page::{Shown, expanded};
use crate::render::Renderer;
use crate::sources::Sources;
use crate::{Error, Programs, Workspace, glossary};

/// Name of the preprocessor in `book.toml`.
const NAME: &str = "unrolled";

/// Hands mdBook the pages that are expanded already.
struct Binder {
    /// The book with everything in it.
    book: Book,
}

impl Preprocessor for Binder {
    fn name(&self) -> &str {
        NAME
    }

    fn run(&self, _: &PreprocessorContext, _: Book) -> MdResult<Book> {
        Ok(self.book.clone())
    }
}

/// Makes the book's HTML in the directory `out`, which is emptied first. Its first page is
/// `index.html`. Returns everything that the pages show, in the order of `SUMMARY.md`.
///
/// # Errors
/// Everything that is wrong in the pages, each with page and line; or mdBook fails.
pub fn build(
    ws: &Workspace,
    programs: &Programs,
    out: &Path,
) -> Result<Vec<Shown>, Error> {
    let mut md = load(ws)?;
    let mut book = md.book.clone();
    let shown = expand(ws, programs, &mut book)?;
    out.clone_into(&mut md.config.build.build_dir);
    md.with_preprocessor(Binder { book });
    md.build().map_err(|cause| Error::new(format!("mdBook: {cause:#}")))?;
    Ok(shown)
}

/// Expands the pages of `book`, which mdBook has loaded, in place.
///
/// # Errors
/// Everything that is wrong in them.
pub fn expand(
    workspace: &Workspace,
    programs: &Programs,
    book: &mut Book,
) -> Result<Vec<Shown>, Error> {
    let sources = &Sources::new(workspace)?;
    let stages = Stages::new();
    let renderer = Renderer { sources, programs, stages: &stages };
    let mut pages = texts(book);
    glossary::link(&glossary::terms(workspace)?, &mut pages);
    let results = side_by_side(&pages, |(name, text)| expanded(renderer, name, text));
    let (mut shown, mut errors) = (Vec::new(), Vec::new());
    let mut expanded = BTreeMap::new();
    for ((name, _), result) in pages.into_iter().zip(results) {
        match result {
            Ok(page) => {
                shown.extend(page.shown);
                expanded.insert(name, page.markdown);
            }
            Err(more) => errors.push((name, more)),
        }
    }
    book.for_each_chapter_mut(|chapter| {
        let name = chapter.source_path.as_deref().map(name);
        if let Some(markdown) = name.and_then(|name| expanded.remove(&name)) {
            chapter.content = markdown;
        }
    });
    errors.sort_by(|(a, _), (b, _)| a.cmp(b));
    match errors.is_empty() {
        true => Ok(shown),
        false => Err(Error::all(errors.into_iter().flat_map(|(_, it)| it).collect())),
    }
}

/// The results of `work` on each of `all`, in their order, made by as many threads as
/// the machine has cores.
fn side_by_side<T: Sync, R: Send>(all: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let one_thread = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(one) = all.get(at) else { break done };
            done.push((at, work(one)));
        }
    };
    let mut results: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(one_thread)).collect();
        let done = threads.into_iter().map(|it| it.join().expect("no page panics"));
        done.flatten().collect()
    });
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Name and text of every page of `SUMMARY.md`, in its order.
pub(crate) fn pages(ws: &Workspace) -> Result<Vec<(String, String)>, Error> {
    Ok(texts(&load(ws)?.book))
}

/// Name and text of every page of `book`, in its order.
fn texts(book: &Book) -> Vec<(String, String)> {
    let chapters = book.iter().filter_map(|item| match item {
        BookItem::Chapter(chapter) => Some(chapter),
        _ => None,
    });
    let pages = chapters
        .filter_map(|it| Some((name(it.source_path.as_deref()?), it.content.clone())));
    pages.collect()
}

fn load(ws: &Workspace) -> Result<MDBook, Error> {
    let root = ws.root().join("book");
    MDBook::load(&root)
        .map_err(|cause| Error::new(format!("mdBook can't load book/: {cause:#}")))
}

/// A page's path from the workspace's root.
fn name(source: &Path) -> String {
    format!("book/src/{}", source.to_string_lossy().replace('\\', "/"))
}
