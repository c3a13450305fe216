//! The lanes, from left to right: how wide, where, whose.
//!
//! Invariant: the first thirty tasks have a lane each, however many there are; the rest
//! share one more, so that a picture never grows wider than its page.

use crate::Trace;

/// The page that a picture is drawn for. Pixels, like every length here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    /// From edge to edge.
    pub(super) width: usize,
    /// All lanes together.
    lanes: usize,
    /// From one lane to the next: the least, and the most.
    pitch: (usize, usize),
    /// Between the times, the lanes and the texts.
    pub(super) gap: usize,
    /// The most that the column of names takes; 0: names stand in line with the rest.
    pub(super) names: usize,
}

impl Page {
    pub(super) const WIDE: Page =
        Page { width: 700, lanes: 216, pitch: (7, 26), gap: 12, names: 120 };
    pub(super) const NARROW: Page =
        Page { width: 340, lanes: 104, pitch: (3, 16), gap: 7, names: 0 };
}

/// Tasks with a lane of their own; the others share one more.
const OWN_LANES: usize = 30;

/// The lanes, from left to right: the loop's, the tasks', what is left.
#[derive(Debug)]
pub(super) struct Lanes<'a> {
    /// The tasks, by number from 1.
    pub(super) tasks: Vec<&'a str>,
    /// Whether the loop has a lane.
    pub(super) has_loop: bool,
    /// Left edge of the first lane.
    left: usize,
    /// From one lane to the next.
    pub(super) pitch: usize,
    /// Width of a bar; even, so that its middle is a pixel.
    pub(super) bar: usize,
}

impl<'a> Lanes<'a> {
    pub(super) fn of(trace: &'a Trace, left: usize, page: Page) -> Self {
        let mut lanes = Lanes {
            tasks: trace.tasks(),
            has_loop: trace.events.iter().any(|event| event.task.is_none()),
            left,
            pitch: 0,
            bar: 0,
        };
        let (least, most) = page.pitch;
        lanes.pitch = (page.lanes / lanes.count().max(1)).clamp(least, most);
        lanes.bar = lanes.pitch * 2 / 3 / 2 * 2;
        lanes
    }

    pub(super) fn count(&self) -> usize {
        usize::from(self.has_loop) + self.tasks.len().min(OWN_LANES + 1)
    }

    /// A task's number, from 1: its lane, its colour, and what stands on its bars.
    pub(super) fn number(&self, task: &str) -> usize {
        let index = self.tasks.iter().position(|other| *other == task);
        index.map_or(0, |index| index + 1)
    }

    /// How many tasks share the last lane.
    pub(super) fn sharing(&self) -> usize {
        self.tasks.len().saturating_sub(OWN_LANES)
    }

    /// Middle of the lane of the task with this number; the loop's is 0.
    pub(super) fn x(&self, number: usize) -> usize {
        let lane = number.min(OWN_LANES + 1) + usize::from(self.has_loop);
        self.left + self.pitch * lane.saturating_sub(1) + self.pitch / 2
    }

    /// Whether the numbers fit onto the bars. If not, they stand before the names.
    pub(super) fn are_numbered(&self) -> bool {
        let digits = self.tasks.len().min(OWN_LANES).to_string().len();
        digits * 6 + 3 <= self.bar
    }

    /// Whether bars are so thin that lines must be thinner than usual beside them.
    pub(super) fn are_thin(&self) -> bool {
        self.bar < 6
    }

    /// What a row calls its task.
    pub(super) fn name(&self, who: &str) -> String {
        match self.number(who) {
            number if number > 0 && !self.are_numbered() => format!("{number} {who}"),
            _ => who.to_owned(),
        }
    }
}

/// Whether the task with this number shares the last lane.
pub(super) fn is_shared(number: usize) -> bool {
    number > OWN_LANES
}
