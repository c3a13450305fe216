//! The book against the programs: what it shows is what they do today, and what they
//! are, it shows.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use bookbinder::Shown;

use crate::{PROGRAMS, WORKSPACE, chapters, path};

/// The book, built once for all tests: its folder, removed with the process's temporary
/// files, and everything that its pages show, in order.
static BOOK: LazyLock<(tempfile::TempDir, Vec<Shown>)> = LazyLock::new(|| {
    let out = tempfile::tempdir().expect("a temporary directory");
    let shown = bookbinder::build(&WORKSPACE, &PROGRAMS, out.path());
    (out, shown.unwrap_or_else(|errors| panic!("{errors}")))
});

/// `book/src/ch02-sleep/index.md` as `ch02-sleep/index`.
fn short(page: &str) -> &str {
    page.trim_start_matches("book/src/").trim_end_matches(".md")
}

/// A number that changes when one character does (FNV-1a): pictures are too long to read
/// in a snapshot. They can be looked at in the book.
fn digest(text: &str) -> u64 {
    let step =
        |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

fn record(shown: &Shown) -> String {
    let mut record = format!("{}\n", shown.directive);
    let _ = match &shown.svg {
        Some(svg) => {
            writeln!(record, "picture {:016x}, {} bytes", digest(svg), svg.len())
        }
        None => writeln!(record, "{}", shown.text.trim_end()),
    };
    record
}

/// Set where one page is enough: `tampering` runs the next test again and again.
pub(crate) const ONE_PAGE: &str = "UNROLLED_TEST_PAGE";

/// What the page shows that [`ONE_PAGE`] names.
fn one_page() -> Option<Vec<Shown>> {
    let name = std::env::var(ONE_PAGE).ok()?;
    let markdown = std::fs::read_to_string(path(&name)).expect("a page of this name");
    let page = bookbinder::page(&WORKSPACE, &PROGRAMS, &name, &markdown);
    Some(page.unwrap_or_else(|errors| panic!("{errors}")).shown)
}

#[test]
fn what_each_page_shows_is_a_snapshot() {
    let all = one_page().unwrap_or_else(|| BOOK.1.clone());
    let mut pages = BTreeMap::<&str, Vec<String>>::new();
    for shown in &all {
        pages.entry(short(&shown.page)).or_default().push(record(shown));
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for (page, records) in pages {
            let name = format!("shown--{}", page.replace('/', "--"));
            insta::assert_snapshot!(name, records.join("\n"));
        }
    });
}

/// What the built pages in `folder` lack of `shown`, or have changed.
pub(crate) fn differences(folder: &Path, shown: &[Shown]) -> Vec<String> {
    let mut pages = BTreeMap::<&str, Vec<&Shown>>::new();
    for one in shown {
        pages.entry(&one.page).or_default().push(one);
    }
    let lacking = pages.iter().flat_map(|(page, shown)| {
        let html = folder.join(format!("{}.html", short(page)));
        let html = std::fs::read_to_string(html).unwrap_or_default();
        let (drawn, read) = (drawn(&html), read(&html));
        let expected: Vec<String> = shown.iter().map(|one| expected(one)).collect();
        let lacks = |(one, part): &(&&Shown, &String)| {
            let page = if one.svg.is_some() { &drawn } else { &read };
            let times = expected.iter().filter(|other| other == part).count();
            page.matches(part.as_str()).count() < times
        };
        let lacking = shown.iter().zip(&expected).filter(lacks);
        lacking.map(|(one, _)| format!("{page}: {}", one.directive)).collect::<Vec<_>>()
    });
    lacking.collect()
}

/// What `one` must look like in a page: a picture as it is drawn, text as it is read,
/// a command without its prompt.
fn expected(one: &Shown) -> String {
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    one.svg.as_deref().map_or_else(|| folded(one.text.trim_start_matches("$ ")), drawn)
}

/// The text of a page as a reader sees it: no tags, no entities, white space folded.
fn read(html: &str) -> String {
    let tagless =
        html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let text: String = tagless.collect();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let text = text.replace("&#39;", "'").replace("&nbsp;", " ").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Markup without what may be written in two ways: white space, the ends of elements
/// (mdBook writes them out where SVG has `/>`), and the case of attributes.
fn drawn(html: &str) -> String {
    let mut parts = html.split("</");
    let first = parts.next().unwrap_or_default();
    let after = |part: &str| part.split_once('>').map_or("", |(_, rest)| rest).to_owned();
    let open: String =
        std::iter::once(first.to_owned()).chain(parts.map(after)).collect();
    let open = open
        .replace("/>", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .to_lowercase();
    open.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(" >", ">")
        .replace("> <", "><")
}

/// Everything that the pages show, in order.
pub(crate) fn shown() -> &'static [Shown] {
    &BOOK.1
}

/// The text of a built page as a reader sees it; `page` is its source.
pub(crate) fn built_text(page: &str) -> String {
    let html = built().join(format!("{}.html", short(page)));
    read(&std::fs::read_to_string(html).expect("the page is built"))
}

/// What is made anew as HTML, in tables and lists, and so can't be compared letter by
/// letter; of questions, `questions` looks for each line.
const LAID_OUT: [&str; 6] =
    ["question", "scenarios", "outline", "misconceptions", "recorded", "glossary"];

/// What is compared letter by letter.
pub(crate) fn verbatim() -> Vec<Shown> {
    let is_laid_out = |one: &Shown| {
        LAID_OUT.iter().any(|name| one.directive.starts_with(&format!("{{{{#{name}")))
    };
    let is_verbatim = |one: &&Shown| !is_laid_out(one);
    shown().iter().filter(is_verbatim).cloned().collect()
}

/// The folder of the built book.
pub(crate) fn built() -> &'static Path {
    BOOK.0.path()
}

#[test]
fn the_built_book_holds_what_the_programs_gave() {
    let differences = differences(built(), &verbatim());
    assert!(differences.is_empty(), "changed on the way:\n{}", differences.join("\n"));
}

/// The same file in the stage before; nothing in the first, and in a layer.
fn before(chapter: &str, file: &str) -> String {
    let chapters = chapters();
    let at = chapters.iter().position(|one| one == chapter).expect("it is a chapter");
    let Some(before) = at.checked_sub(1).filter(|_| chapter < "ch07") else {
        return String::new();
    };
    let file = path("chapters").join(&chapters[before]).join(file);
    std::fs::read_to_string(file).unwrap_or_default()
}

#[test]
fn every_line_that_a_stage_adds_is_on_one_of_its_pages() {
    let listed =
        bookbinder::listed(&WORKSPACE).unwrap_or_else(|errors| panic!("{errors}"));
    let mut missing = Vec::new();
    for file in listed {
        let name = format!("{}/{}", file.chapter, file.file);
        let (before, now) =
            (before(&file.chapter, &file.file), path("chapters").join(&name));
        let now = std::fs::read_to_string(now).expect("a source file");
        let now: Vec<_> = now.lines().collect();
        for gap in file.gaps {
            let lines = &now[*gap.lines.start() - 1..*gap.lines.end()];
            if lines.iter().any(|line| before.lines().all(|old| old != *line)) {
                missing.push(format!("{name} {:?} {}", gap.lines, gap.item));
            }
        }
    }
    assert!(missing.is_empty(), "on no page:\n{}", missing.join("\n"));
}

/// The values of an attribute in a page: `href="…"`.
pub(crate) fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    let values = html.split(start.as_str()).skip(1);
    values.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[test]
fn the_picture_of_the_readme_is_drawn_from_a_run() {
    let trace = PROGRAMS.trace("ch02-sleep", "waiter").expect("the scenario runs");
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_binary_snapshot!("readme.svg", trace.to_svg().into_bytes());
    });
    let readme = std::fs::read_to_string(path("README.md")).expect("a README");
    assert!(readme.contains("tests/it/snapshots/readme.snap.svg"), "the README shows it");
}
