//! The reference pages: the words of the glossary are linked where the book uses them
//! first, and every chapter has its outline.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bookbinder::Term;

use crate::book::{attributes, built};
use crate::{WORKSPACE, chapters, path};

fn terms() -> Vec<Term> {
    bookbinder::terms(&WORKSPACE).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The text of each built page of a chapter, without the frame around it.
fn pages(chapter: &str) -> Vec<String> {
    let folder = built().join(chapter);
    let files = folder.read_dir().expect("every chapter has pages");
    let files = files.map(|file| file.expect("readable").path());
    let html = files.filter(|file| file.extension().is_some_and(|it| it == "html"));
    html.map(|file| main(&file)).collect()
}

fn main(file: &Path) -> String {
    let html = std::fs::read_to_string(file).expect("a page is UTF-8");
    let (_, main) = html.split_once("<main>").expect("a page has a main part");
    main.split_once("</main>").expect("which ends").0.to_owned()
}

/// What each link to the glossary in a chapter's pages leads to.
fn links(chapter: &str) -> Vec<String> {
    let pages = pages(chapter);
    let links = pages.iter().flat_map(|html| attributes(html, "href"));
    links.filter_map(|it| Some(it.split_once("glossary.html#")?.1.to_owned())).collect()
}

#[test]
fn a_term_is_linked_once_in_a_chapter_and_in_some_chapter() {
    let mut unused: BTreeSet<String> = terms().iter().map(Term::anchor).collect();
    // What is always written as code is never linked.
    unused.retain(|term| !term.contains('_'));
    for chapter in chapters() {
        let mut times = BTreeMap::<_, usize>::new();
        for term in links(&chapter) {
            unused.remove(&term);
            *times.entry(term).or_default() += 1;
        }
        times.retain(|_, times| *times > 1);
        assert!(times.is_empty(), "{chapter} links these several times: {times:?}");
    }
    assert!(unused.is_empty(), "no chapter uses these: {unused:?}");
}

#[test]
fn a_term_is_linked_in_running_text_only() {
    for html in chapters().iter().flat_map(|chapter| pages(chapter)) {
        let mut open = Vec::new();
        for part in html.split('<').skip(1) {
            let tag = part.split([' ', '>']).next().unwrap_or_default();
            if part.starts_with("a href=") && part.contains("glossary.html#") {
                let closed = |it: &&str| {
                    matches!(*it, "a" | "code" | "table" | "summary" | "figure" | "svg")
                        || it.starts_with('h') && it.len() == 2
                };
                let inside = open.iter().copied().find(closed);
                assert_eq!(inside, None, "a link inside of it: <{part}");
            }
            match tag.strip_prefix('/') {
                Some(tag) => {
                    let opened = open.iter().rposition(|it| *it == tag);
                    open.truncate(opened.unwrap_or(open.len()));
                }
                None if !part.contains("/>") => open.push(tag),
                None => {}
            }
        }
    }
}

#[test]
fn a_term_has_one_name_and_a_page_that_introduces_it() {
    let mut known = BTreeSet::new();
    for term in terms() {
        assert!(
            path("book/src").join(&term.page).is_file(),
            "{}: {}",
            term.word,
            term.page
        );
        for form in std::iter::once(&term.word).chain(&term.forms) {
            assert!(known.insert(form.to_lowercase()), "{form} stands for two terms");
        }
        let sentences = term.says.matches(". ").count() + 1;
        assert!(sentences <= 2, "{} needs {sentences} sentences", term.word);
    }
}

#[test]
fn every_chapter_has_its_outline() {
    let missing = chapters().into_iter().filter(|chapter| {
        let page = path("book/src/reference").join(format!("outline-{chapter}.md"));
        let text = std::fs::read_to_string(page).unwrap_or_default();
        !text.contains(&format!("{{{{#outline {chapter}}}}}"))
    });
    let missing: Vec<_> = missing.collect();
    assert!(missing.is_empty(), "book/src/reference/outline-….md for: {missing:?}");
}
