//! What a page may ask for. How it is written is in `grammar`.
//!
//! Invariant: a directive is well formed, but may name a chapter, a scenario or an item
//! that does not exist. Only `render` finds that out.

/// What stands between `{{#` and `}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Directive {
    /// Items of a source file.
    Listing(Listing),
    /// A scenario's trace as a table.
    Trace {
        /// Whose, and of what.
        of: Run,
        /// Only these events, counted from 1.
        lines: Option<(usize, usize)>,
        /// Closed until the reader opens it.
        is_folded: bool,
    },
    /// A scenario's trace as a picture.
    Picture {
        /// Whose, and of what.
        of: Run,
        /// Only events up to this time, in nanoseconds, and how the page said it.
        until: Option<(u64, String)>,
    },
    /// A command line and what it prints.
    Output(String),
    /// What changed in the source from one stage to another.
    DiffCode {
        /// The earlier stage.
        from: String,
        /// The later stage.
        to: String,
        /// Only this file: `src/coroutine.rs`.
        file: Option<String>,
    },
    /// What changed in a scenario's behaviour from one stage to another.
    DiffTrace {
        /// The earlier stage.
        from: String,
        /// The later stage.
        to: String,
        /// What both ran.
        scenario: String,
    },
    /// What happens differently in two scenarios of a chapter.
    DiffScenarios {
        /// Their chapter.
        chapter: String,
        /// The two, in order.
        scenarios: [String; 2],
    },
    /// What is different in two files of a chapter.
    DiffFiles {
        /// Their chapter.
        chapter: String,
        /// Paths from the chapter's directory, in order.
        files: [String; 2],
    },
    /// Two traces of one scenario side by side, as pictures.
    Beside {
        /// The earlier stage.
        from: String,
        /// The later stage.
        to: String,
        /// What both ran.
        scenario: String,
        /// Only events up to this time, in nanoseconds, and how the page said it.
        until: Option<(u64, String)>,
    },
    /// A number from a trace.
    Fact {
        /// Whose, and of what.
        of: Run,
        /// Which: one of [`FACTS`].
        name: String,
    },
    /// A number that a test of the chapter asserts.
    Number {
        /// Whose.
        chapter: String,
        /// What the test calls it.
        name: String,
    },
    /// The states that a scenario's tasks went through.
    Life(Run),
    /// A chapter's scenarios, each with its sentence.
    Scenarios(String),
    /// What was measured, as a chart.
    Chart(String),
    /// A time that was measured, or how many times another it is.
    Measured {
        /// The chart's name.
        chart: String,
        /// Which of its points.
        of: Spot,
        /// Divided by this one.
        by: Option<Spot>,
    },
    /// A question, by its name in `book/questions`.
    Question(String),
    /// A chapter's items, each with its sentence.
    Outline(String),
    /// The heading of a claim.
    Claim(String),
    /// What became of a claim.
    Verdict(String),
    /// All claims; `true`: and what became of each.
    Misconceptions(bool),
    /// A Python program and what CPython printed for it.
    Recorded {
        /// Below `tests/oracle/`.
        folder: String,
        /// The program's file, without its ending.
        name: String,
    },
    /// The words of the glossary.
    Glossary,
}

/// A chapter's program, running one scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Its chapter.
    pub(crate) chapter: String,
    /// The scenario's name.
    pub(crate) scenario: String,
}

/// A point of a chart: its line's name, and how many there were.
pub(crate) type Spot = (String, u32);

/// Items of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listing {
    /// Its chapter.
    pub(crate) chapter: String,
    /// Path from the chapter's directory.
    pub(crate) file: String,
    /// As the page names them; none is the whole file.
    pub(crate) items: Vec<String>,
    /// This many lines before and after each.
    pub(crate) around: usize,
    /// Only these lines of the item, counted from 1.
    pub(crate) lines: Option<(usize, usize)>,
}

/// What a trace is asked for in `{{#number CHAPTER SCENARIO FACT}}`.
pub(crate) const FACTS: [&str; 5] = ["end", "turns", "events", "tasks", "prints"];

impl Directive {
    /// Whether it may stand inside a paragraph.
    pub(crate) fn is_inline(&self) -> bool {
        use Directive::{Fact, Measured, Number};
        matches!(self, Fact { .. } | Number { .. } | Measured { .. })
    }
}
