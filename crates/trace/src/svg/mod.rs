//! The trace as a picture: time runs down, a lane per task, what was said beside it.
//!
//! Invariant: a picture stands for itself. No script, no ids, no outside file; every
//! class begins with `tr-`, so that many fit into one page and leave it alone.
//!
//! It doesn't choose what to show: a picture of a long trace's beginning is the picture
//! of [`Trace::filtered`].
//!
//! # How to read one
//! A filled bar is a task that runs, from one `resumed` to its `suspended` or
//! `finished`. Under it the lane is dotted while the task is suspended, and a solid line
//! once it is ready: from the arrow that woke it, or the diamond where its timer was
//! due. A foot under a bar is an end, a cross an end by error. The band across is a wait
//! of the loop. A bar beside another is a task that was resumed by the other.
//!
//! # Custom properties
//! A page that sets them decides; otherwise the reader's preferred colour scheme does.
//!
//! | property | what it colours |
//! |---|---|
//! | `--trace-paper` | the background; `transparent` is fine |
//! | `--trace-ink` | what the program prints |
//! | `--trace-muted` | times, reasons, the key |
//! | `--trace-rule` | the hairline from a bar to its words |
//! | `--trace-band` | the band of a wait |
//! | `--trace-failed` | ends by error |
//! | `--trace-loop` | the loop's lane and name |
//! | `--trace-on-task` | the number on a bar |
//! | `--trace-task-1` to `--trace-task-8` | a task's lane and name; the ninth is as the first |
//! | `--trace-sans`, `--trace-mono` | fonts: words, and what the program prints |

pub(crate) mod lives;
mod rows;
mod words;
mod lanes;
mod flow;
mod layout;
mod draw;
mod texts;
mod marks;
mod style;

use std::fmt::Write as _;

use crate::Trace;
use crate::units::Unit;
use lanes::Page;
use layout::Layout;
use rows::Rows;
use words::escaped;

/// A drawing, and where in it each event is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// A standalone SVG.
    pub svg: String,
    /// For each event, the middle of the line that tells it: pixels from the top.
    pub lines: Vec<usize>,
}

impl Trace {
    /// A standalone SVG, drawn for a column 700 pixels wide. The module's source lists
    /// the custom properties through which a page sets its colours.
    #[must_use]
    pub fn to_svg(&self) -> String {
        self.to_picture().svg
    }

    /// [`Trace::to_svg`], and where its events are.
    #[must_use]
    pub fn to_picture(&self) -> Picture {
        picture(self, Page::WIDE)
    }

    /// As [`Trace::to_picture`], for a column 340 pixels wide: a telephone's.
    #[must_use]
    pub fn to_picture_narrow(&self) -> Picture {
        picture(self, Page::NARROW)
    }
}

fn picture(trace: &Trace, page: Page) -> Picture {
    let unit = Unit::of(trace);
    let rows = Rows::of(trace, unit);
    let layout = Layout::of(trace, &rows, unit, page);
    let spans = lives::spans(&trace.events);
    let body = draw::body(trace, &rows, &layout, &spans);
    let (key, height) = marks::key(trace, &layout, &spans);
    let width = page.width;
    let class = if layout.lanes.are_thin() { "tr-picture tr-thin" } else { "tr-picture" };
    let mut svg = format!(
        "<svg class=\"{class}\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
         width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n"
    );
    let (title, desc) = (title(trace), escaped(&desc(trace, unit)));
    let _ = writeln!(svg, "<title>{title}</title>\n<desc>{desc}</desc>");
    let _ = writeln!(svg, "<style>\n{}</style>", style::css());
    let _ =
        writeln!(svg, "<rect class=\"tr-paper\" width=\"{width}\" height=\"{height}\"/>");
    let lines = rows.spots.iter().map(|spot| layout.y(*spot)).collect();
    Picture { svg: svg + &body + &key + "</svg>\n", lines }
}

fn title(trace: &Trace) -> String {
    let header = &trace.header;
    escaped(&format!("{}: {}", header.program, header.scenario))
}

/// One sentence for those who don't see the picture.
fn desc(trace: &Trace, unit: Unit) -> String {
    let tasks = match trace.tasks().as_slice() {
        [] => "No task".to_owned(),
        [one] => format!("One task, {one},"),
        many => format!("{} tasks ({})", many.len(), many.join(", ")),
    };
    let (Some(first), Some(last)) = (trace.events.first(), trace.events.last()) else {
        return "An empty trace: nothing happened.".to_owned();
    };
    let turns = trace.events.iter().map(|event| event.turn).max();
    match turns.unwrap_or(0) {
        0 => format!("{tasks} without a loop."),
        turns => format!(
            "{tasks} from {} to {}, in {turns} turn{} of the loop.",
            unit.show(first.t_ns),
            unit.show(last.t_ns),
            if turns == 1 { "" } else { "s" }
        ),
    }
}
