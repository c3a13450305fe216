//! Texts set one after the other into lines.
//!
//! Invariant: texts never overlap and never leave the page. A text has the room that it
//! may need at most; what doesn't fit goes on in the next line.

use super::layout::GAP;
use super::rows::{Piece, Tone};
use super::words::{broken, cut, width};
use crate::units::Unit;

/// A line of text.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Its middle.
    pub(super) y: usize,
    /// The time, where it changes.
    pub(super) time: Option<String>,
    /// What stands in it.
    pub(super) parts: Vec<Part>,
}

/// A stretch of text in one tone.
#[derive(Debug)]
pub(super) struct Part {
    /// Its left edge; `None`: a gap behind the part before, however wide that came out.
    pub(super) x: Option<usize>,
    /// The words.
    pub(super) text: String,
    /// How they are set.
    pub(super) tone: Tone,
}

/// The room for texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Left edge.
    pub(super) left: usize,
    /// Right edge.
    pub(super) right: usize,
    /// Where lines begin that don't begin with a name.
    pub(super) hang: usize,
    /// Whether names have the column before `hang` for themselves.
    pub(super) has_column: bool,
    /// What times are shown in; `None`: not at all.
    pub(super) unit: Option<Unit>,
}

/// Sets the texts of row after row. Widths are the most that a text may measure.
#[derive(Debug)]
pub(super) struct Flow {
    /// Where.
    room: Room,
    /// The time that was shown last.
    shown: Option<u64>,
    /// The lines of this row.
    lines: Vec<Line>,
    /// Right edge of what stands in the last of them; `None`: it is empty.
    end: Option<usize>,
    /// Whether a name stands in the last line, and nothing else.
    has_name_only: bool,
}

impl Flow {
    pub(super) fn new(room: Room) -> Self {
        Flow { room, shown: None, lines: Vec::new(), end: None, has_name_only: false }
    }

    /// Begins a row, with its name if it has one.
    pub(super) fn start(&mut self, name: Option<(String, Tone)>) {
        self.line();
        let Some((name, tone)) = name else { return };
        let Room { left, right, hang, .. } = self.room;
        let name = cut(&name, tone, right - left);
        let end = left + width(&name, tone);
        self.part(Some(left), name, tone);
        self.has_name_only = true;
        let fits_column = self.room.has_column && end + GAP <= hang;
        self.end = (!fits_column).then_some(end);
    }

    /// Sets a piece, and says in which line of the row it begins.
    pub(super) fn piece(&mut self, piece: &Piece) -> usize {
        let Piece { text, tone, t_ns } = piece;
        let is_later = self.room.unit.is_some() && self.shown != Some(*t_ns);
        let begins = is_later || *tone == Tone::Said;
        if begins && self.end.is_some() && !self.has_name_only {
            self.line();
        }
        let at = self.text(text, *tone);
        if is_later {
            self.shown = Some(*t_ns);
            self.lines[at].time = self.room.unit.map(|unit| unit.show(*t_ns));
        }
        at
    }

    /// The lines of the row.
    pub(super) fn finish(&mut self) -> Vec<Line> {
        std::mem::take(&mut self.lines)
    }

    /// Sets a text over as many lines as it takes, and says which is the first.
    fn text(&mut self, text: &str, tone: Tone) -> usize {
        let (head, mut rest) = self.behind(text, tone);
        if let (Some(end), Some(head)) = (self.end, head) {
            self.end = Some(end + GAP + width(&head, tone));
            self.part(None, head, tone);
        } else if self.end.is_some() {
            self.line();
        }
        let first = self.lines.len() - 1;
        while !rest.is_empty() {
            if self.end.is_some() {
                self.line();
            }
            let (head, tail) = broken(rest, tone, self.room.right - self.room.hang);
            self.end = Some(self.room.hang + width(&head, tone));
            self.part(Some(self.room.hang), head, tone);
            rest = tail;
        }
        first
    }

    /// What of `text` goes behind what stands in the line, and the rest: all of it or
    /// nothing, but that words of ours may begin behind a name.
    fn behind<'t>(&self, text: &'t str, tone: Tone) -> (Option<String>, &'t str) {
        let Some(end) = self.end else { return (None, text) };
        let room = self.room.right.saturating_sub(end + GAP);
        if width(text, tone) <= room {
            return (Some(text.to_owned()), "");
        }
        let word = text.split(' ').next().unwrap_or_default();
        if tone == Tone::Said || !self.has_name_only || width(word, tone) > room {
            return (None, text);
        }
        let (head, rest) = broken(text, tone, room);
        (Some(head), rest)
    }

    fn line(&mut self) {
        self.lines.push(Line::default());
        self.end = None;
        self.has_name_only = false;
    }

    fn part(&mut self, x: Option<usize>, text: String, tone: Tone) {
        self.has_name_only = false;
        let line = self.lines.last_mut().expect("`start` began a line");
        line.parts.push(Part { x, text, tone });
    }
}
