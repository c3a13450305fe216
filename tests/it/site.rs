//! The built book as a web site: links, headings, names for those who don't see, and the
//! order in which a reader is led through it.
//!
//! Invariant: each check is a function from a [`Site`] to its faults, so that `planted`
//! can give it a site with a fault.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use crate::book::built;
use crate::html::{Piece, Tag, pieces};
use crate::path;

/// The files of a book, by path from its folder.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// The pages, taken apart.
    pub(crate) pages: BTreeMap<String, Vec<Piece>>,
    /// The style sheets.
    pub(crate) styles: BTreeMap<String, String>,
    /// All of them, those above too.
    pub(crate) files: BTreeSet<String>,
}

/// The book, read once.
pub(crate) static SITE: LazyLock<Site> = LazyLock::new(|| Site::read(built()));

/// Pages that mdBook makes of others, or for other purposes than reading.
const MADE: [&str; 4] = ["404.html", "index.html", "print.html", "toc.html"];

impl Site {
    fn read(folder: &Path) -> Self {
        let (mut pages, mut styles) = (BTreeMap::new(), BTreeMap::new());
        let mut files = BTreeSet::new();
        gather(folder, folder, &mut files);
        for file in &files {
            let read = || std::fs::read_to_string(folder.join(file)).expect("UTF-8");
            match file.rsplit('.').next() {
                Some("html") => drop(pages.insert(file.clone(), pieces(&read()))),
                Some("css") => drop(styles.insert(file.clone(), read())),
                _ => {}
            }
        }
        Site { pages, styles, files }
    }

    /// The pages of `SUMMARY.md`.
    fn read_pages(&self) -> impl Iterator<Item = (&String, &Vec<Piece>)> {
        self.pages.iter().filter(|(name, _)| !MADE.contains(&name.as_str()))
    }

    fn has(&self, file: &str, id: &str) -> bool {
        let has = |tag: &Tag| tag.get("id") == Some(id);
        self.pages.get(file).is_some_and(|page| tags(page).any(has))
    }
}

fn gather(root: &Path, folder: &Path, files: &mut BTreeSet<String>) {
    for entry in folder.read_dir().expect("the built book is readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            gather(root, &path, files);
        } else {
            let below = path.strip_prefix(root).expect("below the root");
            files.insert(below.to_string_lossy().into_owned());
        }
    }
}

fn tags(page: &[Piece]) -> impl Iterator<Item = &Tag> {
    page.iter().filter_map(|piece| match piece {
        Piece::Open(tag) => Some(tag),
        _ => None,
    })
}

/// What is inside `<main>`: what is around it is mdBook's own.
fn main_part(page: &[Piece]) -> &[Piece] {
    let is_main = |piece: &Piece| matches!(piece, Piece::Open(tag) if tag.name == "main");
    let start = page.iter().position(is_main).map_or(page.len(), |at| at + 1);
    let end = page.iter().rposition(|piece| *piece == Piece::Close("main".to_owned()));
    page.get(start..end.unwrap_or(start)).unwrap_or_default()
}

/// `../b/c.html` as a link in `a/x.html`: `b/c.html`. None leads out of the book.
fn target(page: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// What is wrong with a link in `page`, if anything is.
fn wrong(site: &Site, page: &str, link: &str) -> Option<&'static str> {
    if let Some((scheme, rest)) = link.split_once(':') {
        return outside(scheme, rest);
    }
    let (file, id) = link.split_once('#').unwrap_or((link, ""));
    let file = file.split('?').next().unwrap_or_default();
    let file = match file {
        "" => Some(page.to_owned()),
        file => target(page, file),
    };
    let there = file.filter(|file| site.files.contains(file));
    match there {
        None => Some("no such file"),
        Some(file) if !id.is_empty() && !site.has(&file, id) => Some("no such anchor"),
        Some(_) => None,
    }
}

/// What is wrong with an address that isn't the book's: it is looked at, never fetched.
fn outside(scheme: &str, rest: &str) -> Option<&'static str> {
    let host = rest.trim_start_matches('/').split(['/', '#', '?']).next().unwrap_or("");
    let is_odd = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let is_host = host.contains('.') && !host.contains(is_odd) && !host.starts_with('.');
    let is_clean = rest.starts_with("//") && !rest.contains([' ', '"', '<', '>']);
    match scheme {
        "https" if is_host && is_clean => None,
        "https" => Some("a malformed address"),
        _ => Some("not https"),
    }
}

/// Links, anchors, images, scripts and styles that lead nowhere, and labels that name
/// nothing.
pub(crate) fn dead_links(site: &Site) -> Vec<String> {
    let mut dead = Vec::new();
    // The page for a wrong address is served from any address: its links are absolute.
    for (page, all) in site.pages.iter().filter(|(page, _)| *page != "404.html") {
        let links = values(all, &["href", "src", "xlink:href"]);
        let labels = ["aria-labelledby", "aria-describedby", "aria-controls", "for"];
        let ids = values(main_part(all), &labels);
        let ids = ids.flat_map(str::split_whitespace).map(|id| format!("#{id}"));
        for link in links.map(str::to_owned).chain(ids) {
            let wrong = wrong(site, page, &link);
            dead.extend(wrong.map(|why| format!("{page}: {link}: {why}")));
        }
    }
    dead.extend(site.styles.iter().flat_map(|(file, css)| dead_urls(site, file, css)));
    dead
}

/// The values of these attributes.
fn values<'a>(page: &'a [Piece], names: &'a [&str]) -> impl Iterator<Item = &'a str> {
    tags(page).flat_map(|tag| names.iter().filter_map(|name| tag.get(name)))
}

/// `url(…)` in a style sheet that leads nowhere.
fn dead_urls(site: &Site, file: &str, css: &str) -> Vec<String> {
    let urls = css.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
    let urls = urls.map(|url| url.trim().trim_matches(['"', '\'']));
    let inside = urls.filter(|url| !url.starts_with("data:"));
    let dead = inside.filter_map(|url| {
        let wrong = wrong(site, file, url.split('#').next().unwrap_or_default())?;
        Some(format!("{file}: {url}: {wrong}"))
    });
    dead.collect()
}

/// Pages whose headings aren't one `h1` and a tree below it, and ids that stand twice.
pub(crate) fn bad_headings(site: &Site) -> Vec<String> {
    let mut bad = Vec::new();
    for (page, all) in site.read_pages() {
        let level = |tag: &Tag| {
            let level = tag.name.strip_prefix('h')?.parse::<u8>().ok()?;
            Some((level, tag.get("id").unwrap_or_default().to_owned()))
        };
        let headings: Vec<_> = tags(main_part(all)).filter_map(level).collect();
        if headings.iter().filter(|(level, _)| *level == 1).count() != 1 {
            bad.push(format!("{page}: it has one h1"));
        }
        if headings.first().is_some_and(|(level, _)| *level != 1) {
            bad.push(format!("{page}: the h1 comes first"));
        }
        let skips = headings.windows(2).filter(|pair| pair[1].0 > pair[0].0 + 1);
        bad.extend(skips.map(|pair| format!("{page}: #{} skips a level", pair[1].1)));
    }
    bad.extend(site.pages.iter().flat_map(|(page, all)| twice(page, all)));
    bad
}

/// Ids that stand twice in a page.
fn twice(page: &str, all: &[Piece]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let ids = tags(all).filter_map(|tag| tag.get("id"));
    let again = ids.filter(|id| !seen.insert(id.to_owned()));
    again.map(|id| format!("{page}: #{id} stands twice")).collect()
}

/// Images without a text, and pictures without a name.
pub(crate) fn nameless(site: &Site) -> Vec<String> {
    let mut bad = Vec::new();
    for (page, all) in site.read_pages() {
        let part = main_part(all);
        for (at, piece) in part.iter().enumerate() {
            let Piece::Open(tag) = piece else { continue };
            let has = |name| tag.get(name).is_some_and(|value| !value.trim().is_empty());
            let why = match tag.name.as_str() {
                "img" if !has("alt") => "an img without alt",
                "svg" if tag.get("aria-hidden") == Some("true") => continue,
                "svg" if tag.get("role") != Some("img") => "an svg without role=\"img\"",
                "svg" if has("aria-label") || has("aria-labelledby") => continue,
                "svg" if !is_titled(&part[at + 1..]) => "an svg without a title",
                _ => continue,
            };
            bad.push(format!("{page}: {why}"));
        }
    }
    bad
}

/// Whether the first element is a title that says something.
fn is_titled(inside: &[Piece]) -> bool {
    let mut inside = inside
        .iter()
        .filter(|piece| !matches!(piece, Piece::Text(text) if text.trim().is_empty()));
    let is_title = matches!(inside.next(), Some(Piece::Open(tag)) if tag.name == "title");
    is_title && matches!(inside.next(), Some(Piece::Text(_)))
}

/// The pages that `SUMMARY.md` lists, in its order, as the site calls them.
pub(crate) fn summary() -> Vec<String> {
    let text = std::fs::read_to_string(path("book/src/SUMMARY.md")).expect("a summary");
    let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    links.map(|link| link.replace(".md", ".html")).collect()
}

/// Where the reading order, by `rel="next"` or `rel="prev"`, leaves `summary`'s, and pages
/// outside it.
pub(crate) fn disorder(site: &Site, summary: &[String]) -> Vec<String> {
    let mut bad = Vec::new();
    let pairs = summary.windows(2).map(|pair| (&pair[0], &pair[1]));
    for (page, next) in pairs {
        for (from, rel, to) in [(page, "next", next), (next, "prev", page)] {
            let leads = related(site, from, rel);
            if leads.is_empty() || leads.iter().any(|link| link != to) {
                bad.push(format!("{from}: {rel} is {leads:?}, not {to}"));
            }
        }
    }
    let last = summary.last().map_or(Vec::new(), |last| related(site, last, "next"));
    bad.extend(last.iter().map(|link| format!("{link} comes after the last page")));
    let orphans = site.read_pages().filter(|(page, _)| !summary.contains(page));
    bad.extend(orphans.map(|(page, _)| format!("{page}: no page leads to it")));
    bad
}

/// Where a page's links of the relation `rel` lead.
fn related(site: &Site, page: &str, rel: &str) -> Vec<String> {
    let is_rel = |tag: &&Tag| {
        tag.name == "a"
            && tag.get("rel").is_some_and(|it| it.split(' ').any(|it| it == rel))
    };
    let links = tags(site.pages.get(page).map_or(&[][..], Vec::as_slice)).filter(is_rel);
    let links = links.filter_map(|tag| target(page, tag.get("href")?.split('#').next()?));
    links.collect()
}

#[track_caller]
fn none(faults: &[String], rule: &str) {
    assert!(faults.is_empty(), "{rule}:\n{}", faults.join("\n"));
}

#[test]
fn every_link_leads_somewhere() {
    none(&dead_links(&SITE), "dead links");
}

#[test]
fn headings_are_a_tree_with_one_root() {
    none(&bad_headings(&SITE), "headings");
}

#[test]
fn every_image_and_picture_has_a_name() {
    none(&nameless(&SITE), "nameless for who doesn't see them");
}

#[test]
fn next_and_previous_lead_through_all_pages_in_order() {
    none(&disorder(&SITE, &summary()), "reading order");
}

#[test]
fn every_page_that_is_written_is_in_the_summary() {
    let summary = summary();
    let written = crate::pages::pages().into_iter().map(|(name, _)| name);
    let names = written.map(|name| name.replace("book/src/", "").replace(".md", ".html"));
    let orphans: Vec<_> =
        names.filter(|name| name != "SUMMARY.html" && !summary.contains(name)).collect();
    none(&orphans, "not in SUMMARY.md");
}
