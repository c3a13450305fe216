//! Text in a picture: how wide it is at most, where it breaks, how it is escaped.
//!
//! Invariant: nothing is wider than it is measured here. Fonts differ between machines,
//! so widths are those of the widest common face (Verdana), not of the likely one.

use super::rows::Tone;
use crate::How;

/// Whether it is an end by error.
pub(super) fn fails(how: &How) -> bool {
    matches!(how, How::Failed(_) | How::Panicked(_))
}

/// Text without what XML can't hold and a line doesn't want, and with its markup
/// characters named.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_dropped(*c)) {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// Controls, directions that outlive their text, and what is no character of XML.
fn is_dropped(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Width in pixels, at most.
pub(super) fn width(text: &str, tone: Tone) -> usize {
    let (size, hundredths): (usize, fn(char) -> usize) = match tone {
        Tone::Said => (13, mono),
        Tone::Time => (12, mono),
        Tone::Who(_) => (13, bold),
        Tone::Note | Tone::Failure => (12, sans),
    };
    let sum: usize = text.chars().map(hundredths).sum();
    (sum * size).div_ceil(100)
}

/// Hundredths of an em in a monospaced face. What such faces lack comes from another.
fn mono(c: char) -> usize {
    match c {
        ' '..='\u{24f}' | '\u{370}'..='\u{52f}' => 62,
        '\u{250}'..='\u{2e7f}' => 100,
        _ => 140,
    }
}

/// Hundredths of an em in a proportional face.
fn sans(c: char) -> usize {
    match c {
        'i' | 'j' | 'l' | 'f' | 't' | 'r' | 'I' | ' ' | '\u{a0}' | '.' | ',' | ':'
        | ';' | '\'' | '!' | '|' | '(' | ')' | '[' | ']' | '-' | '/' => 46,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 108,
        'a'..='z' | '0'..='9' => 65,
        ' '..='\u{24f}' => 82,
        '\u{370}'..='\u{52f}' => 95,
        '\u{250}'..='\u{2e7f}' => 108,
        _ => 140,
    }
}

fn bold(c: char) -> usize {
    sans(c) * 115 / 100
}

/// What fits into `room` pixels, broken at a space, and the rest. A word that fits no
/// line is cut, and ends in an ellipsis.
pub(super) fn broken(text: &str, tone: Tone, room: usize) -> (String, &str) {
    if width(text, tone) <= room {
        return (text.to_owned(), "");
    }
    let spaces = text.match_indices(' ').map(|(at, _)| at);
    let fits = |at: &usize| *at > 0 && width(&text[..*at], tone) <= room;
    match spaces.take_while(|at| *at == 0 || fits(at)).last() {
        Some(at) if at > 0 => (text[..at].to_owned(), text[at..].trim_start()),
        _ => {
            let word = text.trim_start().split(' ').next().unwrap_or_default();
            let end = text.len() - text.trim_start().len() + word.len();
            (cut(word, tone, room), text[end..].trim_start())
        }
    }
}

/// `text` with as much of its end as must go replaced by an ellipsis.
pub(super) fn cut(text: &str, tone: Tone, room: usize) -> String {
    if width(text, tone) <= room {
        return text.to_owned();
    }
    let fits = |end: &usize| width(&text[..*end], tone) + width("…", tone) <= room;
    let ends = text.char_indices().map(|(at, _)| at);
    let end = ends.take_while(fits).last().unwrap_or(0);
    format!("{}…", &text[..end])
}
