//! HTML as mdBook writes it, taken apart: tags with their attributes, and what is between.
//!
//! Invariant: it reads the built book and nothing wilder. Values stand in quotes, scripts
//! and styles are skipped, and entities stay as they are.

use std::collections::BTreeMap;

/// A part of a page, in the order of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// `<name …>`, and `<name …/>` too.
    Open(Tag),
    /// `</name>`.
    Close(String),
    /// What is between two tags.
    Text(String),
}

/// An opening tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    /// `h2`.
    pub(crate) name: String,
    /// What stands behind the name, by name; a bare one has an empty value.
    pub(crate) attributes: BTreeMap<String, String>,
}

impl Tag {
    /// An attribute's value, if it has the attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// A page's parts.
pub(crate) fn pieces(html: &str) -> Vec<Piece> {
    let (mut pieces, mut rest) = (Vec::new(), html);
    while let Some(at) = rest.find('<') {
        if at > 0 {
            pieces.push(Piece::Text(rest[..at].to_owned()));
        }
        rest = piece(&rest[at..], &mut pieces);
    }
    pieces
}

/// Takes one tag or comment from the start of `html`. Returns what is behind it.
fn piece<'a>(html: &'a str, pieces: &mut Vec<Piece>) -> &'a str {
    if html.starts_with("<!--") {
        return behind(html, "-->");
    }
    if html.starts_with("<!") {
        return behind(html, ">");
    }
    if let Some(name) = html.strip_prefix("</") {
        let name = name.split('>').next().unwrap_or_default().trim();
        pieces.push(Piece::Close(name.to_lowercase()));
        return behind(html, ">");
    }
    let (tag, rest) = open(&html[1..]);
    let raw = matches!(tag.name.as_str(), "script" | "style");
    let end = format!("</{}", tag.name);
    pieces.push(Piece::Open(tag));
    if raw { &rest[rest.find(&end).unwrap_or(rest.len())..] } else { rest }
}

fn behind<'a>(html: &'a str, end: &str) -> &'a str {
    html.split_once(end).map_or("", |(_, rest)| rest)
}

/// A tag from behind its `<`, and what is behind its `>`.
fn open(html: &str) -> (Tag, &str) {
    let (name, mut rest) = word(html);
    let mut attributes = BTreeMap::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            let name = name.to_lowercase();
            return (Tag { name, attributes }, rest.get(1..).unwrap_or_default());
        }
        let (key, after) = word(rest);
        let (value, after) = match after.strip_prefix('=') {
            Some(quoted) => value(quoted),
            None => ("", after),
        };
        attributes.insert(key.to_lowercase(), value.to_owned());
        // A stray quote would be read for ever.
        rest = if after.len() < rest.len() { after } else { &rest[1..] };
    }
}

fn word(html: &str) -> (&str, &str) {
    let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/');
    html.split_at(html.find(ends).unwrap_or(html.len()))
}

fn value(html: &str) -> (&str, &str) {
    let quote = html.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote.and_then(|quote| html[1..].split_once(quote)) {
        Some((value, rest)) => (value, rest),
        None => word(html),
    }
}

#[test]
fn a_page_is_taken_apart() {
    let html = "<!DOCTYPE html><!-- <p> --><a HREF='x' b=\"y>\" c>t</a>\
                <script>'<i>'</script><br/>";
    let pair = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    let tag = |name: &str, attributes: &[(&str, &str)]| {
        let attributes = attributes.iter().copied().map(pair).collect();
        Piece::Open(Tag { name: name.to_owned(), attributes })
    };
    let expected = [
        tag("a", &[("href", "x"), ("b", "y>"), ("c", "")]),
        Piece::Text("t".to_owned()),
        Piece::Close("a".to_owned()),
        tag("script", &[]),
        Piece::Close("script".to_owned()),
        tag("br", &[]),
    ];
    assert_eq!(pieces(html), expected);
}
