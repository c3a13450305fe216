//! Claims, recorded programs, the glossary and outlines: made of the data of a copy of the
//! fixture workbook.

use std::fs;

use bookbinder::{Error, Workspace, build, claims, terms};

use crate::book::copy;
use crate::fixture::workbook;

const CLAIMS: &str = "[[claim]]\nname = \"naps\"\nsays = \"A nap is `long`.\"\n\
    verdict = \"false\"\nprogram = \"ch01-kinds nap\"\nexplained = \"ch01-kinds/a.md\"\n\
    [[claim]]\nname = \"later\"\nsays = \"Later.\"\nverdict = \"open\"\ncoming = \"7\"\n";

const GLOSSARY: &str = "[[term]]\nword = \"nap\"\nforms = [\"naps\"]\nnot = [\"nap sack\"]\n\
    says = \"A short \\\"sleep\\\".\"\npage = \"ch01-kinds/b.md\"\n\
    [[term]]\nword = \"kernel\"\nsays = \"The core.\"\npage = \"ch01-kinds/a.md\"\n";

const A: &str =
    "# A nap\n\nA `nap`, a nap-like [nap](b.md), a nap sack; **Naps** and a nap.\n";

const B: &str = "# B\n\n{{#outline ch01-kinds}}\n\nA nap has a kernel.\n";

const CLAIM: &str = "# Claims\n\n{{#misconceptions}}\n\n{{#claim naps}}\n\n{{#verdict naps}}\n\n\
    {{#claim later}}\n\n{{#verdict later}}\n\n{{#glossary}}\n\nA nap.\n";

/// A workbook with these pages and data, and with `files` in place of some of them.
fn with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let summary =
        "[C](folder/c.md)\n\n- [A](ch01-kinds/a.md)\n  - [B](ch01-kinds/b.md)\n";
    let own = [
        ("book/misconceptions.toml", CLAIMS),
        ("book/glossary.toml", GLOSSARY),
        ("book/src/SUMMARY.md", summary),
        ("book/src/ch01-kinds/a.md", A),
        ("book/src/ch01-kinds/b.md", B),
        ("book/src/folder/c.md", CLAIM),
    ];
    let copy = copy();
    for (file, text) in own.iter().chain(files) {
        let file = copy.path().join(file);
        fs::create_dir_all(file.parent().expect("in a folder")).expect("a folder");
        fs::write(file, text).expect("written");
    }
    copy
}

/// What the only `directive` of a workbook shows.
fn text(directive: &str, files: &[(&str, &str)]) -> Result<String, Error> {
    let copy = with(files);
    let workspace = Workspace::find(copy.path()).expect("a workbook");
    let out = tempfile::tempdir().expect("a temporary directory");
    let shown = build(&workspace, &workbook().1, out.path())?;
    Ok(shown.into_iter().find(|it| it.directive == directive).expect("it is there").text)
}

/// The main part of a page of the built book.
fn page(name: &str) -> String {
    let copy = with(&[]);
    let out = tempfile::tempdir().expect("a temporary directory");
    build(&Workspace::find(copy.path()).expect("a workbook"), &workbook().1, out.path())
        .expect("it is bound");
    let html = fs::read_to_string(out.path().join(name)).expect("a page");
    let (_, main) = html.split_once("<main>").expect("a main part");
    main.split_once("</main>").expect("which ends").0.to_owned()
}

#[test]
fn a_claim_is_numbered_and_its_verdict_says_what_decided_it() {
    assert_eq!(text("{{#claim naps}}", &[]).unwrap(), "1. A nap is `long`.\n");
    assert_eq!(
        text("{{#verdict naps}}", &[]).unwrap(),
        "False. Decided by cargo run -p ch01-kinds -- nap. Explained in chapter 1, A nap.\n"
    );
    assert_eq!(
        text("{{#verdict later}}", &[]).unwrap(),
        "Open. Chapter 7, which is to come, will decide it.\n"
    );
    let page = page("folder/c.html");
    assert!(page.contains("<h2 id=\"naps\">"), "{page}");
    assert!(page.contains("href=\"../folder/c.html#later\""), "{page}");
}

#[test]
fn the_index_fails_on_a_claim_without_a_page() {
    let page =
        [("book/src/folder/c.md", "# C\n\n{{#misconceptions}}\n\n{{#claim naps}}\n")];
    let error = text("{{#misconceptions}}", &page).unwrap_err().to_string();
    assert!(error.contains("no page has {{#claim later}}"), "{error}");
}

#[test]
fn a_claim_needs_a_program_unless_it_is_open() {
    for wrong in [
        CLAIMS.replace("program = \"ch01-kinds nap\"\n", ""),
        CLAIMS.replace("verdict = \"false\"", "verdict = \"open\""),
        CLAIMS.replace("verdict = \"false\"", "verdict = \"maybe\""),
        CLAIMS.replace("explained", "explain"),
        CLAIMS.replace("says = \"Later.\"\n", ""),
    ] {
        let copy = with(&[("book/misconceptions.toml", &wrong)]);
        assert!(claims(&Workspace::find(copy.path()).unwrap()).is_err(), "{wrong}");
    }
}

#[test]
fn a_term_is_linked_where_a_chapter_uses_it_first_in_running_text() {
    let a = page("ch01-kinds/a.html");
    let link = "<strong><a href=\"../reference/glossary.html#nap\" \
                title=\"A short &quot;sleep&quot;.\">Naps</a></strong> and a nap.";
    assert!(a.contains(link), "{a}");
    assert_eq!(a.matches("glossary.html").count(), 1, "{a}");
    let b = page("ch01-kinds/b.html");
    assert!(
        b.contains("A nap has a <a href=\"../reference/glossary.html#kernel\""),
        "{b}"
    );
    assert!(!page("folder/c.html").contains("glossary.html"), "only chapters have links");
}

#[test]
fn the_glossary_lists_each_term_with_its_page() {
    assert_eq!(
        text("{{#glossary}}", &[]).unwrap(),
        "kernel: The core. (ch01-kinds/a.md)\nnap: A short \"sleep\". (ch01-kinds/b.md)\n"
    );
    let copy = with(&[("book/glossary.toml", "[[term]]\nword = \"nap\"\n")]);
    let error = terms(&Workspace::find(copy.path()).unwrap()).unwrap_err().to_string();
    assert!(error.contains("the entry with word = \"nap\" lacks `says"), "{error}");
}

#[test]
fn an_outline_follows_lib_rs_and_leads_to_the_page_that_shows_the_item() {
    let listing =
        format!("{B}\n{{{{#listing ch01-kinds src/inner.rs long lines=1-2}}}}\n");
    let files = [("book/src/ch01-kinds/b.md", &*listing)];
    let outline = text("{{#outline ch01-kinds}}", &files).unwrap();
    let lines: Vec<&str> = outline.lines().collect();
    let inner = lines.iter().position(|it| it.starts_with("src/inner.rs: ")).unwrap();
    assert_eq!(lines[0], "src/lib.rs: One of each kind of item.");
    assert!(lines.contains(&"  MANY: How many. (ch01-kinds/index.md)"), "{outline}");
    assert_eq!(lines[inner + 1], "  long: Twenty-five lines. (ch01-kinds/b.md)");
}

#[test]
fn a_record_shows_the_program_and_what_it_printed() {
    let page = "# C\n\n{{#recorded naps one}}\n";
    let files = [
        ("book/src/folder/c.md", page),
        ("tests/oracle/naps/one.py", "print(1)\n"),
        ("tests/oracle/naps/one.expected", "1\n"),
    ];
    assert_eq!(text("{{#recorded naps one}}", &files).unwrap(), "print(1)\n\n1\n");
    assert!(text("{{#recorded naps one}}", &files[..2]).is_err());
}
