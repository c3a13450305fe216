//! Lines of a screen: text in a few styles, of a known width.
//!
//! Invariant: a line holds no control characters, whatever a recording or a source has:
//! none could move the cursor or change a colour. A style never says what the text
//! doesn't.

use anstyle::{AnsiColor, Effects, Style};

/// In which style a piece of a line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// As the terminal writes.
    Plain,
    /// What frames the rest.
    Dim,
    /// What matters most.
    Bold,
    /// The name of a row.
    Label,
    /// The current line; it begins with `>` besides.
    Current,
}

impl Ink {
    fn style(self) -> Style {
        match self {
            Ink::Plain => Style::new(),
            Ink::Dim => Style::new().effects(Effects::DIMMED),
            Ink::Bold => Style::new().effects(Effects::BOLD),
            Ink::Label => AnsiColor::Cyan.on_default(),
            Ink::Current => Style::new().effects(Effects::BOLD.insert(Effects::INVERT)),
        }
    }
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line(Vec<(Ink, String)>);

impl Line {
    pub(crate) fn new(ink: Ink, text: &str) -> Self {
        Line::default().and(ink, text)
    }

    /// The line with `text` behind it.
    pub(crate) fn and(mut self, ink: Ink, text: &str) -> Self {
        let printable = |c: char| if c.is_control() { ' ' } else { c };
        self.0.push((ink, text.chars().map(printable).collect()));
        self
    }

    /// A rule across `width` with a name in it: `── timers ─────`.
    pub(crate) fn rule(name: &str, width: usize) -> Self {
        let line = Line::new(Ink::Dim, "── ").and(Ink::Plain, name);
        let line = line.cut(width.saturating_sub(1)).and(Ink::Dim, " ");
        let rest = width.saturating_sub(line.width());
        line.and(Ink::Dim, &"─".repeat(rest))
    }

    /// How many columns it takes. Characters of double width count once: a terminal cuts
    /// such a line at its edge.
    pub(crate) fn width(&self) -> usize {
        self.0.iter().map(|(_, text)| text.chars().count()).sum()
    }

    /// At most `width` columns of it; where something is missing it ends in `…`.
    pub(crate) fn cut(self, width: usize) -> Self {
        if self.width() <= width {
            return self;
        }
        let mut room = width.saturating_sub(1);
        let mut cut = Line::default();
        for (ink, text) in self.0 {
            let piece: String = text.chars().take(room).collect();
            room -= piece.chars().count();
            cut = cut.and(ink, &piece);
        }
        if width == 0 { cut } else { cut.and(Ink::Dim, "…") }
    }

    /// Exactly `width` columns: cut, or with blanks behind it.
    pub(crate) fn fit(self, width: usize) -> Self {
        let line = self.cut(width);
        let rest = width - line.width();
        let ink = line.0.last().map_or(Ink::Plain, |(ink, _)| *ink);
        let ink = if ink == Ink::Current { ink } else { Ink::Plain };
        line.and(ink, &" ".repeat(rest))
    }

    /// This line and, to the right of it, `other`.
    pub(crate) fn beside(mut self, other: Line) -> Self {
        self.0.extend(other.0);
        self
    }

    /// What it says.
    pub(crate) fn text(&self) -> String {
        self.0.iter().map(|(_, text)| text.as_str()).collect()
    }

    /// What it says, in its styles.
    pub(crate) fn painted(&self) -> String {
        let paint = |(ink, text): &(Ink, String)| {
            let style = ink.style();
            format!("{style}{text}{style:#}")
        };
        self.0.iter().map(paint).collect()
    }
}

/// `left`, `left_width` wide, and `right` beside it; as many lines as the longer has.
pub(crate) fn columns(left: Vec<Line>, right: Vec<Line>, left_width: usize) -> Vec<Line> {
    let height = left.len().max(right.len());
    let padded = |lines: Vec<Line>| {
        lines.into_iter().chain(std::iter::repeat_with(Line::default)).take(height)
    };
    let gap = |line: Line| line.fit(left_width).and(Ink::Plain, "  ");
    padded(left).zip(padded(right)).map(|(a, b)| gap(a).beside(b)).collect()
}
