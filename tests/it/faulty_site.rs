//! Tests of the tests: a site with one planted fault, which its check must find.

use std::collections::{BTreeMap, BTreeSet};

use crate::html::pieces;
use crate::site::{Site, bad_headings, dead_links, disorder, nameless};

/// A site of two pages and a style sheet without a fault.
const SOUND: [(&str, &str); 3] = [
    (
        "a.html",
        "<link href=\"style.css\"><main><h1 id=\"a\"><a href=\"#a\">A</a></h1><h2 id=\"b\">B</h2>\
         <h3 id=\"c\">C</h3><h2 id=\"d\">D</h2><img alt=\"x\" src=\"x/y.png\">\
         <svg role=\"img\"><title>T</title></svg><svg aria-hidden=\"true\"></svg>\
         <a href=\"https://doc.rust-lang.org/std/#x\">std</a></main>\
         <a rel=\"next prefetch\" href=\"x/b.html#a\"></a>",
    ),
    (
        "x/b.html",
        "<main><h1 id=\"a\">B</h1></main><a rel=\"prev\" href=\"../a.html\"></a>\
         <script>'<a href=\"nowhere\">'</script>",
    ),
    ("style.css", "@font-face { src: url('x/y.png') }"),
];

fn site(files: &[(&str, String)]) -> Site {
    let with = |ending: &'static str| {
        let files = files.iter().filter(move |(name, _)| name.ends_with(ending));
        files.map(|(name, text)| ((*name).to_owned(), text.clone()))
    };
    let pages: BTreeMap<_, _> =
        with(".html").map(|(it, text)| (it, pieces(&text))).collect();
    let mut names: BTreeSet<_> =
        files.iter().map(|(name, _)| (*name).to_owned()).collect();
    names.insert("x/y.png".to_owned());
    Site { pages, styles: with(".css").collect(), files: names }
}

/// What all checks find, once `from` stands as `to` in the sound site.
fn found(from: &str, to: &str) -> Vec<String> {
    let planted = SOUND.map(|(name, text)| (name, text.replacen(from, to, 1)));
    let site = site(&planted);
    let summary = ["a.html".to_owned(), "x/b.html".to_owned()];
    let checks = [dead_links(&site), bad_headings(&site), nameless(&site)];
    checks.into_iter().flatten().chain(disorder(&site, &summary)).collect()
}

#[test]
fn a_sound_site_has_no_fault() {
    assert_eq!(found("", ""), [""; 0]);
}

#[test]
fn a_dead_link_is_found() {
    assert_eq!(found("\"#a\"", "\"#z\""), ["a.html: #z: no such anchor"]);
    assert_eq!(found("x/y.png\">", "y.png\">"), ["a.html: y.png: no such file"]);
    assert_eq!(found("'x/y.png'", "'y.woff'"), ["style.css: y.woff: no such file"]);
    assert_eq!(found("style.css", "../a.css"), ["a.html: ../a.css: no such file"]);
    let http = "http://doc.rust-lang.org/std/#x";
    assert_eq!(
        found("https://doc.rust-lang.org/std/#x", http),
        [format!("a.html: {http}: not https")]
    );
    let odd = found("https://doc.rust-lang.org", "https:/doc.rust-lang.org");
    assert_eq!(odd, ["a.html: https:/doc.rust-lang.org/std/#x: a malformed address"]);
}

#[test]
fn a_bad_heading_is_found() {
    assert_eq!(found("<h2 id=\"b\"", "<h4 id=\"b\""), ["a.html: #b skips a level"]);
    assert_eq!(found("<h2 id=\"d\"", "<h1 id=\"d\""), ["a.html: it has one h1"]);
    assert_eq!(found("id=\"c\"", "id=\"d\""), ["a.html: #d stands twice"]);
}

#[test]
fn a_picture_without_a_name_is_found() {
    assert_eq!(found("alt=\"x\"", "alt=\"\""), ["a.html: an img without alt"]);
    assert_eq!(found("role=\"img\"", ""), ["a.html: an svg without role=\"img\""]);
    assert_eq!(found("<title>T</title>", "<g/>"), ["a.html: an svg without a title"]);
    assert_eq!(
        found("<title>T</title>", "<title></title>"),
        ["a.html: an svg without a title"]
    );
}

#[test]
fn a_break_in_the_reading_order_is_found() {
    let cut = found("rel=\"next prefetch\"", "");
    assert_eq!(cut, ["a.html: next is [], not x/b.html"]);
    let round = found("href=\"../a.html\"", "href=\"b.html\"");
    assert_eq!(round, ["x/b.html: prev is [\"x/b.html\"], not a.html"]);
}
