//! The picture itself: bands, lines and bars, in the order in which they cover each
//! other.
//!
//! Invariant: it only draws. What a row says, where it stands and what a task was doing
//! are settled when it begins.

use super::lanes::is_shared;
use super::layout::{Layout, MARGIN, PAD, Place, room_for};
use super::lives::{Span, State, Waker};
use super::marks::{arrow, bar, cross, diamond, foot, hollow, line, radius, ring};
use super::rows::{Kind, Rows};
use super::texts::{colour, texts};
use super::words::fails;
use crate::{Trace, What};

/// Everything between the paper and the key.
pub(super) fn body(
    trace: &Trace,
    rows: &Rows<'_>,
    layout: &Layout<'_>,
    spans: &[Span<'_>],
) -> String {
    let sketch = Sketch { trace, rows, layout, spans };
    let numbers = 1..=layout.lanes.tasks.len();
    let mut body = sketch.bands();
    body.extend(numbers.clone().map(|n| sketch.lane(n, Sketch::lines)));
    body += &sketch.loops();
    body.extend(numbers.map(|n| sketch.lane(n, Sketch::bars)));
    body + &texts(layout)
}

/// What is drawn from.
struct Sketch<'a> {
    /// The events.
    trace: &'a Trace,
    /// What the rows say, and which row tells which event.
    rows: &'a Rows<'a>,
    /// Where they stand.
    layout: &'a Layout<'a>,
    /// What the tasks were doing.
    spans: &'a [Span<'a>],
}

impl<'a> Sketch<'a> {
    /// Middle of the line that tells an event.
    fn y(&self, event: usize) -> usize {
        self.layout.y(self.rows.spots[event])
    }

    /// Upper and lower edge of what may be drawn in an event's row.
    fn edges(&self, event: usize) -> (usize, usize) {
        let place = &self.layout.places[self.rows.spots[event].0];
        (place.top + PAD, place.bottom - PAD)
    }

    fn what(&self, event: usize) -> &'a What {
        &self.trace.events[event].what
    }

    /// The bands of the waits, and a hairline from each bar to its words.
    fn bands(&self) -> String {
        let mut bands = String::new();
        for (row, place) in self.rows.rows.iter().zip(&self.layout.places) {
            if row.kind == Kind::Wait {
                bands += &band(place, self.layout.width);
            }
            if row.kind != Kind::Spawn {
                let number = row.who.map_or(0, |who| self.layout.lanes.number(who));
                bands += &self.rule(number, place.lines[0].y);
            }
        }
        bands
    }

    /// The hairline from a lane to the words beside it.
    fn rule(&self, number: usize, y: usize) -> String {
        let lanes = &self.layout.lanes;
        let from = lanes.x(number) + lanes.bar / 2 + 3;
        let to = self.layout.text - 4;
        if from >= to {
            return String::new();
        }
        format!("<path class=\"tr-rule\" d=\"M{from} {y}H{to}\"/>\n")
    }

    /// What `draw` makes of the lane of one task, in its colour.
    fn lane(&self, number: usize, draw: fn(&Self, usize) -> String) -> String {
        let drawn = draw(self, number);
        if drawn.is_empty() {
            return drawn;
        }
        let class = colour(number);
        format!("<g class=\"{class}\">\n{drawn}</g>\n")
    }

    fn spans_of(&self, number: usize) -> impl Iterator<Item = &'a Span<'a>> + use<'a> {
        let task = self.layout.lanes.tasks[number - 1];
        self.spans.iter().filter(move |span| span.task == task)
    }

    /// Where a task was suspended or ready, and what woke it.
    fn lines(&self, number: usize) -> String {
        let x = self.layout.lanes.x(number);
        let mut lines = String::new();
        for span in self.spans_of(number) {
            lines += &match span.state {
                State::Running => self.call(span, x),
                State::Queued => self.queue(span, x),
                State::Suspended => self.sleep(span, x),
            };
        }
        lines
    }

    /// The arrow from the task that resumed this one while it ran itself.
    fn call(&self, span: &Span<'_>, x: usize) -> String {
        let row = self.rows.spots[span.from].0;
        let caller = self.rows.rows[row].caller;
        let from = caller.map(|caller| self.beside(caller, x));
        // The caller's words about it are the last in the row above.
        let above = row.checked_sub(1).map(|row| &self.layout.places[row]);
        match (from, above.and_then(|place| place.lines.last())) {
            (Some(from), Some(line)) if from != x => {
                arrow(from, x, line.y, self.layout.lanes.bar)
            }
            _ => String::new(),
        }
    }

    /// From a spawn to the first resumption.
    fn queue(&self, span: &Span<'_>, x: usize) -> String {
        let y = self.y(span.from);
        let row = &self.rows.rows[self.rows.spots[span.from].0];
        let parent = row.who.filter(|_| row.kind == Kind::Run);
        let from = parent.map(|parent| self.beside(parent, x));
        let radius = radius(self.layout.lanes.bar);
        let branch = from.map(|from| {
            let edge = if from < x { x - radius } else { x + radius };
            format!("<path class=\"tr-wake\" d=\"M{from} {y}H{edge}\"/>\n")
        });
        let queue = line("tr-line", x, y + radius, self.end(span));
        branch.unwrap_or_default() + &self.unless_shared(span, queue)
    }

    /// From a suspension to the next resumption: dots, and a line once it was woken.
    fn sleep(&self, span: &Span<'_>, x: usize) -> String {
        let (start, end) = (self.edges(span.from).1, self.end(span));
        let Some(wake) = span.woken else {
            return self.unless_shared(span, line("tr-dots", x, start + 3, end));
        };
        let bar = self.layout.lanes.bar;
        let at = if wake.at == span.from { start } else { self.y(wake.at) };
        let mark = match wake.by {
            Waker::Loop if self.layout.lanes.has_loop => {
                arrow(self.layout.lanes.x(0) + bar / 2, x, at, bar)
            }
            Waker::Task(by) if self.beside(by, x) != x => {
                arrow(self.beside(by, x), x, at, bar)
            }
            _ => String::new(),
        };
        // An arrow's bend is a part of the line.
        let from = if mark.is_empty() { at } else { at + bar / 2 };
        let dots = line("tr-dots", x, start + 3, at.saturating_sub(2));
        let ready = line("tr-line", x, from, end);
        self.unless_shared(span, dots + &ready) + &mark
    }

    /// Lines of many tasks in one lane would say nothing.
    fn unless_shared(&self, span: &Span<'_>, lines: String) -> String {
        let number = self.layout.lanes.number(span.task);
        if is_shared(number) { String::new() } else { lines }
    }

    /// The edge of another task's bar on the side of `x`; `x` itself in its own lane.
    fn beside(&self, task: &str, x: usize) -> usize {
        let lanes = &self.layout.lanes;
        let from = lanes.x(lanes.number(task));
        match from.cmp(&x) {
            std::cmp::Ordering::Less => from + lanes.bar / 2,
            std::cmp::Ordering::Equal => x,
            std::cmp::Ordering::Greater => from - lanes.bar / 2,
        }
    }

    /// Where a span ends that is not a bar.
    fn end(&self, span: &Span<'_>) -> usize {
        match span.to {
            None => self.layout.bottom,
            Some(to) if matches!(self.what(to), What::Resumed { .. }) => self.edges(to).0,
            Some(to) => self.y(to),
        }
    }

    /// Where a task ran, and how it ended.
    fn bars(&self, number: usize) -> String {
        let (x, width) = (self.layout.lanes.x(number), self.layout.lanes.bar);
        let mut bars = String::new();
        for span in self.spans_of(number) {
            bars += &self.signs(span, x);
            bars += &match (span.state, span.to) {
                (State::Running, _) => self.run(span, x),
                (_, Some(to)) => self.fate(to, x, self.y(to)),
                (_, None) => String::new(),
            };
        }
        let task = self.layout.lanes.tasks[number - 1];
        for (row, place) in self.rows.rows.iter().zip(&self.layout.places) {
            if row.who != Some(task) || !matches!(row.kind, Kind::Run | Kind::Say) {
                continue;
            }
            if row.kind == Kind::Say {
                bars += &bar(x, place.top + PAD, place.bottom - PAD, width);
            }
            bars += &self.number(number, x, place.lines[0].y);
        }
        bars
    }

    /// The ring of a spawn, the diamond of a timer that was due.
    fn signs(&self, span: &Span<'_>, x: usize) -> String {
        let bar = self.layout.lanes.bar;
        match (span.state, span.woken) {
            (State::Queued, _) => ring(x, self.y(span.from), bar),
            (State::Suspended, Some(wake))
                if wake.by == Waker::Clock && wake.at != span.from =>
            {
                diamond(x, self.y(wake.at), bar)
            }
            _ => String::new(),
        }
    }

    fn run(&self, span: &Span<'_>, x: usize) -> String {
        let (top, width) = (self.edges(span.from).0, self.layout.lanes.bar);
        let Some(to) = span.to else {
            return bar(x, top, self.layout.bottom - PAD, width);
        };
        let bottom = self.edges(to).1;
        let room = match self.what(to) {
            What::Finished { how } => room_for(how),
            _ => 0,
        };
        bar(x, top, bottom - room, width) + &self.fate(to, x, bottom)
    }

    /// The sign of an end around `y`, if the event is one.
    fn fate(&self, event: usize, x: usize, y: usize) -> String {
        let width = self.layout.lanes.bar;
        match self.what(event) {
            What::Finished { how } if fails(how) => cross(x, y - 4, width),
            What::Finished { .. } => foot(x, y - 1, width),
            _ => String::new(),
        }
    }

    fn number(&self, number: usize, x: usize, y: usize) -> String {
        let lanes = &self.layout.lanes;
        if !lanes.are_numbered() || is_shared(number) {
            return String::new();
        }
        let y = y + 4;
        format!("<text class=\"tr-num\" x=\"{x}\" y=\"{y}\">{number}</text>\n")
    }

    /// The loop's lane: hollow where it waits.
    fn loops(&self) -> String {
        let (x, width) = (self.layout.lanes.x(0), self.layout.lanes.bar);
        let mut loops = String::new();
        for (row, place) in self.rows.rows.iter().zip(&self.layout.places) {
            let (top, bottom) = (place.top + PAD, place.bottom - PAD);
            match row.kind {
                Kind::Wait => loops += &hollow(x, top, bottom, width),
                Kind::Ready => loops += &bar(x, top, bottom, width),
                _ => {}
            }
        }
        if loops.is_empty() {
            return loops;
        }
        format!("<g class=\"tr-c0\">\n{loops}</g>\n")
    }
}

fn band(place: &Place, page: usize) -> String {
    let (left, top, height) = (MARGIN / 2, place.top, place.bottom - place.top);
    let width = page - MARGIN;
    format!(
        "<rect class=\"tr-band\" x=\"{left}\" y=\"{top}\" width=\"{width}\" \
         height=\"{height}\" rx=\"4\"/>\n"
    )
}
