//! The times, the names and the words, drawn.
//!
//! Invariant: whatever comes from the program is escaped here, and only here; nothing
//! else of it gets into a picture but its title and description.

use std::fmt::Write as _;

use super::flow::{Line, Part};
use super::lanes::is_shared;
use super::layout::{GAP, Layout};
use super::rows::Tone;
use super::style::COLOURS;
use super::words::escaped;

/// All texts of the rows.
pub(super) fn texts(layout: &Layout<'_>) -> String {
    let lines = layout.places.iter().flat_map(|place| &place.lines);
    lines.map(|line| time(line, layout.times) + &words(line)).collect()
}

fn time(line: &Line, x: usize) -> String {
    let Some(time) = &line.time else {
        return String::new();
    };
    let (y, time) = (line.y + BASE, escaped(time));
    format!("<text class=\"tr-time\" x=\"{x}\" y=\"{y}\">{time}</text>\n")
}

/// One text per line, so that what follows a word follows it in every font.
fn words(line: &Line) -> String {
    if line.parts.is_empty() {
        return String::new();
    }
    let mut text = format!("<text y=\"{}\">", line.y + BASE);
    for Part { x, text: words, tone } in &line.parts {
        let place = match x {
            Some(x) => format!("x=\"{x}\""),
            None => format!("dx=\"{GAP}\""),
        };
        let class = class(*tone);
        // A reader of SVG makes one space of two.
        let words = escaped(words).replace("  ", "\u{a0} ");
        let _ = write!(text, "<tspan class=\"{class}\" {place}>{words}</tspan>");
    }
    text + "</text>\n"
}

/// From the middle of a line to its base.
const BASE: usize = 4;

fn class(tone: Tone) -> String {
    match tone {
        Tone::Said => "tr-said".to_owned(),
        Tone::Note => "tr-note".to_owned(),
        Tone::Failure => "tr-failed".to_owned(),
        Tone::Time => "tr-time".to_owned(),
        Tone::Who(number) => format!("tr-who {}", colour(number)),
    }
}

/// The class that sets the colour of the lane with this number.
pub(super) fn colour(number: usize) -> String {
    match number {
        0 => "tr-c0".to_owned(),
        number if is_shared(number) => "tr-more".to_owned(),
        number => format!("tr-c{}", (number - 1) % COLOURS + 1),
    }
}
