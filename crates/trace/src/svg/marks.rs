//! The signs of a picture, and the key that names those which occur in it.
//!
//! Invariant: a sign in the key is drawn by the same function as in the picture.

use std::fmt::Write as _;

use super::layout::{LINE, Layout, MARGIN};
use super::lives::{Span, State, Waker};
use super::rows::Tone;
use super::words::{fails, width};
use crate::{Trace, What};

/// A bar: the task runs.
pub(super) fn bar(x: usize, top: usize, bottom: usize, width: usize) -> String {
    let (left, height) = (x - width / 2, bottom.saturating_sub(top).max(2));
    let round = if width < 8 { 1 } else { 4 };
    format!(
        "<rect class=\"tr-bar\" x=\"{left}\" y=\"{top}\" width=\"{width}\" \
         height=\"{height}\" rx=\"{round}\"/>\n"
    )
}

/// A bar with nothing in it: the loop waits.
pub(super) fn hollow(x: usize, top: usize, bottom: usize, width: usize) -> String {
    let (left, top, round) = (x - width / 2 + 1, top + 1, if width < 8 { 1 } else { 3 });
    let (width, height) = (width - 2, bottom - top - 1);
    format!(
        "<rect class=\"tr-hollow\" x=\"{left}\" y=\"{top}\" width=\"{width}\" \
         height=\"{height}\" rx=\"{round}\"/>\n"
    )
}

/// A ring: the task is spawned.
pub(super) fn ring(x: usize, y: usize, bar: usize) -> String {
    let radius = radius(bar);
    format!("<circle class=\"tr-hollow\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>\n")
}

/// Of a ring in lanes with bars of this width.
pub(super) fn radius(bar: usize) -> usize {
    (bar / 2).clamp(1, 4)
}

/// A diamond: the timer is due.
pub(super) fn diamond(x: usize, y: usize, bar: usize) -> String {
    let r = (bar / 2).clamp(2, 5);
    let top = y - r;
    format!("<path class=\"tr-head\" d=\"M{x} {top}l{r} {r}l-{r} {r}l-{r} -{r}z\"/>\n")
}

/// An arrow along `y` that turns down into the lane at `x`: what set the task going.
pub(super) fn arrow(from: usize, x: usize, y: usize, bar: usize) -> String {
    let (r, head) = ((bar / 2).clamp(1, 5), (bar / 2 + 1).clamp(2, 4));
    let before = if from < x { x - r } else { x + r };
    let (low, neck, left, both) = (y + r, y + 6, x - head, 2 * head);
    format!(
        "<path class=\"tr-wake\" d=\"M{from} {y}H{before}Q{x} {y} {x} {low}V{neck}\"/>\
         <path class=\"tr-head\" d=\"M{left} {neck}h{both}l-{head} 6z\"/>\n"
    )
}

/// A foot under a bar: the end.
pub(super) fn foot(x: usize, y: usize, bar: usize) -> String {
    let (left, both) = (x - bar / 2, bar);
    format!("<path class=\"tr-line\" d=\"M{left} {y}h{both}\"/>\n")
}

/// A cross: an end by error.
pub(super) fn cross(x: usize, y: usize, bar: usize) -> String {
    let r = (bar / 2).clamp(2, 4);
    let (left, top, both) = (x - r, y - r, 2 * r);
    format!(
        "<path class=\"tr-cross\" d=\"M{left} {top}l{both} {both}m0 -{both}l-{both} {both}\"/>\n"
    )
}

/// A line down a lane, dotted or not.
pub(super) fn line(class: &str, x: usize, top: usize, bottom: usize) -> String {
    if top >= bottom {
        return String::new();
    }
    format!("<path class=\"{class}\" d=\"M{x} {top}V{bottom}\"/>\n")
}

/// A sign around a point.
type Sign = fn(usize, usize) -> String;

/// The key under the picture, and where the picture ends.
pub(super) fn key(
    trace: &Trace,
    layout: &Layout<'_>,
    spans: &[Span<'_>],
) -> (String, usize) {
    let more = match layout.lanes.sharing() {
        0 => String::new(),
        n => format!("in the last lane: {n} more tasks"),
    };
    let signs = entries(trace, spans).into_iter().filter(|(_, occurs, _)| *occurs);
    let signs = signs.map(|(name, _, sign)| (name, sign));
    let more = (!more.is_empty()).then_some((more.as_str(), RUNS));
    let (mut x, mut y) = (MARGIN, layout.bottom + LINE);
    let mut key = String::new();
    for (name, sign) in signs.chain(more) {
        let needs = SIGN + width(name, Tone::Note);
        if x + needs + MARGIN > layout.width {
            (x, y) = (MARGIN, y + LINE);
        }
        key += &sign(x + SIGN / 2 - 2, y);
        let (left, base) = (x + SIGN, y + 4);
        let _ = writeln!(
            key,
            "<text class=\"tr-note\" x=\"{left}\" y=\"{base}\">{name}</text>"
        );
        x += needs + LINE;
    }
    if trace.events.is_empty() {
        let nothing = format!("<text class=\"tr-note\" x=\"{MARGIN}\" y=\"{LINE}\">");
        return (nothing + "nothing happened</text>\n", LINE + MARGIN);
    }
    (format!("<g class=\"tr-more\">\n{key}</g>\n"), y + LINE)
}

/// What a sign of the key takes, with the room around it.
const SIGN: usize = 22;

/// The sign of a task that runs.
const RUNS: Sign = |x, y| bar(x, y - 7, y + 7, 12);

/// The signs by name, and whether they occur.
fn entries(trace: &Trace, spans: &[Span<'_>]) -> [(&'static str, bool, Sign); 8] {
    let is = |state| spans.iter().any(|span| span.state == state);
    // Who left ready never slept: no dots and no sign say so.
    let slept = |span: &&Span<'_>| span.woken.is_none_or(|wake| wake.at != span.from);
    let slept = spans.iter().filter(|span| span.state == State::Suspended).filter(slept);
    let slept: Vec<Option<Waker<'_>>> =
        slept.map(|span| span.woken.map(|w| w.by)).collect();
    let is_due = slept.contains(&Some(Waker::Clock));
    let is_woken =
        |by: &Option<Waker<'_>>| matches!(by, Some(Waker::Loop | Waker::Task(_)));
    let is_ready = spans.iter().any(|span| span.woken.is_some());
    let ends = |failed: bool| {
        let is_end = |what: &What| match what {
            What::Finished { how } => fails(how) == failed,
            _ => false,
        };
        trace.events.iter().any(|event| is_end(&event.what))
    };
    [
        ("runs", is(State::Running), RUNS),
        ("suspended", !slept.is_empty(), |x, y| line("tr-dots", x, y - 8, y + 8)),
        ("ready", is(State::Queued) || is_ready, |x, y| line("tr-line", x, y - 8, y + 8)),
        ("spawned", is(State::Queued), |x, y| ring(x, y, 8)),
        ("woken", slept.iter().any(is_woken), |x, y| arrow(x - 8, x + 4, y - 5, 10)),
        ("timer due", is_due, |x, y| diamond(x, y, 8)),
        ("ends", ends(false), |x, y| foot(x, y, 14)),
        ("fails", ends(true), |x, y| cross(x, y, 8)),
    ]
}
