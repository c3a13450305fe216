//! The picture of a life as SVG. It fits a telephone, so there is one for all widths.
//!
//! Invariant: it only draws, and always the same boxes and arrows. What they look like is
//! up to the book's style sheet.

use std::fmt::Write as _;

use super::{Life, State};

/// Width and height of the paper.
const PAPER: (u32, u32) = (340, 236);
/// Width and height of a state's box.
const BOX: (u32, u32) = (104, 34);

/// Each state and the upper left corner of its box.
const STATES: [(State, u32, u32); 5] = [
    (State::Created, 4, 4),
    (State::Ready, 232, 4),
    (State::Running, 4, 92),
    (State::Suspended, 232, 92),
    (State::Ended, 4, 198),
];

/// An arrow.
struct Way {
    from: State,
    to: State,
    path: &'static str,
    /// Where it points, and how its tip is turned.
    tip: (u32, u32, i32),
    /// What it is called, and where that stands.
    word: &'static str,
    at: (u32, u32),
}

const WAYS: [Way; 7] = [
    Way {
        from: State::Created,
        to: State::Running,
        path: "M56 38 V92",
        tip: (56, 92, 90),
        word: "resumed",
        at: (62, 58),
    },
    Way {
        from: State::Running,
        to: State::Suspended,
        path: "M108 101 H232",
        tip: (232, 101, 0),
        word: "suspended",
        at: (124, 95),
    },
    Way {
        from: State::Suspended,
        to: State::Running,
        path: "M232 117 H108",
        tip: (108, 117, 180),
        word: "resumed",
        at: (124, 132),
    },
    Way {
        from: State::Suspended,
        to: State::Ready,
        path: "M284 92 V38",
        tip: (284, 38, -90),
        word: "woken",
        at: (212, 76),
    },
    Way {
        from: State::Ready,
        to: State::Running,
        path: "M232 21 L108 92",
        tip: (108, 92, 150),
        word: "resumed",
        at: (130, 30),
    },
    Way {
        from: State::Running,
        to: State::Ended,
        path: "M56 126 V198",
        tip: (56, 198, 90),
        word: "finished",
        at: (62, 166),
    },
    Way {
        from: State::Suspended,
        to: State::Ended,
        path: "M328 126 V215 H108",
        tip: (108, 215, 180),
        word: "dropped",
        at: (180, 209),
    },
];

/// The drawing of `life`; `title` stands in it as it is.
pub(super) fn svg(life: &Life, title: &str) -> String {
    let (width, height) = PAPER;
    let mut svg = format!(
        "<svg class=\"life\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
         width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n\
         <title>{title}</title>\n<desc>{}</desc>\n",
        life.told()
    );
    svg.extend(WAYS.iter().map(|way| arrow(way, life.times(way.from, way.to))));
    svg.extend(STATES.iter().map(|(state, x, y)| boxed(*state, *x, *y)));
    svg += &waits(life);
    svg + "</svg>\n"
}

fn arrow(way: &Way, times: usize) -> String {
    let Way { path, tip: (tip_x, tip_y, turn), word, at: (x, y), .. } = way;
    let drawn = format!(
        "<path d=\"{path}\"/><path class=\"li-head\" d=\"M0 0 L-8 -4 V4 Z\" \
         transform=\"translate({tip_x} {tip_y}) rotate({turn})\"/>"
    );
    match times {
        0 => format!("<g class=\"li-way li-none\">{drawn}</g>\n"),
        _ => format!(
            "<g class=\"li-way\">{drawn}<text x=\"{x}\" y=\"{y}\">{word} ×{times}</text></g>\n"
        ),
    }
}

fn boxed(state: State, x: u32, y: u32) -> String {
    let (width, height) = BOX;
    let word = state.word();
    let (middle, base) = (x + width / 2, y + 22);
    format!(
        "<g class=\"li-state li-{word}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" \
         height=\"{height}\" rx=\"5\"/>\
         <text x=\"{middle}\" y=\"{base}\">{word}</text></g>\n"
    )
}

/// What was waited for, under the state in which that happens.
fn waits(life: &Life) -> String {
    let mut lines = String::new();
    for ((what, times), y) in life.waits.iter().zip((146..).step_by(15)) {
        let _ = writeln!(
            lines,
            "<text class=\"li-wait\" x=\"322\" y=\"{y}\">{what} ×{times}</text>"
        );
    }
    lines
}
