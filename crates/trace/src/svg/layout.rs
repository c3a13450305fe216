//! Where everything stands: rows and their lines from top to bottom, beside the lanes.
//!
//! Invariant: rows don't overlap, and a row is as high as its lines. What the rows say is
//! decided before, and what they look like after.

use super::flow::{Flow, Line, Room};
use super::lanes::{Lanes, Page};
use super::rows::{Kind, Row, Rows, Tone};
use super::words::{fails, width};
use crate::units::Unit;
use crate::{How, Trace};

/// Height of a line of text.
pub(super) const LINE: usize = 18;
/// Between the edge and everything.
pub(super) const MARGIN: usize = 8;
/// Above and below a row's lines, inside its band.
pub(super) const PAD: usize = 2;
/// Between two texts in one line.
pub(super) const GAP: usize = 12;
/// How far lines that go on stand in, without a column of names.
const HANG: usize = 8;

/// A laid out trace.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    /// The lanes.
    pub(super) lanes: Lanes<'a>,
    /// Where each row stands.
    pub(super) places: Vec<Place>,
    /// From edge to edge.
    pub(super) width: usize,
    /// Left edge of the texts.
    pub(super) text: usize,
    /// Right edge of the times.
    pub(super) times: usize,
    /// Below the last row.
    pub(super) bottom: usize,
}

/// Where a row stands.
#[derive(Debug)]
pub(super) struct Place {
    /// Its upper edge.
    pub(super) top: usize,
    /// Its lower edge.
    pub(super) bottom: usize,
    /// Its lines.
    pub(super) lines: Vec<Line>,
    /// The line in which each of its pieces begins.
    piece_lines: Vec<usize>,
}

impl<'a> Layout<'a> {
    pub(super) fn of(
        trace: &'a Trace,
        rows: &Rows<'a>,
        unit: Unit,
        page: Page,
    ) -> Layout<'a> {
        let times = MARGIN + times_width(trace, unit);
        let left = if times == MARGIN { MARGIN } else { times + page.gap };
        let lanes = Lanes::of(trace, left, page);
        let text = left + lanes.pitch * lanes.count() + page.gap;
        let mut layout = Layout {
            lanes,
            width: page.width,
            places: Vec::new(),
            text,
            times,
            bottom: MARGIN,
        };
        let mut flow = layout.flow(rows, unit, page);
        for row in &rows.rows {
            let place = layout.place(&mut flow, row);
            layout.bottom = place.bottom;
            layout.places.push(place);
        }
        layout
    }

    /// The flow in which all texts are set.
    fn flow(&self, rows: &Rows<'_>, unit: Unit, page: Page) -> Flow {
        let names = rows.rows.iter().filter_map(|row| who(&self.lanes, row));
        let widest = names.map(|(name, tone)| width(&name, tone) + GAP).max();
        let column = widest.unwrap_or(0).min(page.names);
        Flow::new(Room {
            left: self.text,
            right: page.width - MARGIN,
            hang: self.text + if page.names > 0 { column } else { HANG },
            has_column: page.names > 0,
            unit: (self.times > MARGIN).then_some(unit),
        })
    }

    /// The place of `row`, under the rows that have theirs.
    fn place(&self, flow: &mut Flow, row: &Row<'_>) -> Place {
        let top = self.bottom;
        flow.start(who(&self.lanes, row));
        let piece_lines = row.pieces.iter().map(|piece| flow.piece(piece)).collect();
        let mut lines = flow.finish();
        for (index, line) in lines.iter_mut().enumerate() {
            line.y = top + PAD + index * LINE + LINE / 2;
        }
        Place {
            top,
            bottom: top + 2 * PAD + lines.len() * LINE + row.end.map_or(0, room_for),
            lines,
            piece_lines,
        }
    }

    /// Middle of the line that tells an event, by the event's spot.
    pub(super) fn y(&self, (row, piece): (usize, usize)) -> usize {
        let place = &self.places[row];
        let line = place.piece_lines.get(piece).copied().unwrap_or(0);
        place.lines[line].y
    }
}

/// What stands in the column of names.
fn who(lanes: &Lanes<'_>, row: &Row<'_>) -> Option<(String, Tone)> {
    match (row.kind, row.who) {
        (Kind::Spawn, _) => None,
        (_, None) => Some(("loop".to_owned(), Tone::Who(0))),
        (_, Some(who)) => Some((lanes.name(who), Tone::Who(lanes.number(who)))),
    }
}

/// What the sign of an end needs, under the bar.
pub(super) fn room_for(how: &How) -> usize {
    if fails(how) { 10 } else { 4 }
}

/// What the column of times needs; nothing when no time passes and there is no loop.
fn times_width(trace: &Trace, unit: Unit) -> usize {
    let has_times = trace.events.iter().any(|event| event.turn > 0 || event.t_ns > 0);
    let times = trace.events.iter().map(|event| unit.show(event.t_ns));
    let widest = times.map(|time| width(&time, Tone::Time)).max();
    widest.filter(|_| has_times).unwrap_or(0)
}
