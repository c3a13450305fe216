//! Turns pages, sources and recordings into the book.
//!
//! A page holds no code, output, picture or number: it names them in directives, and the
//! binder fetches what is so named, from the sources as they are and from the programs
//! as they run.
//!
//! | directive | stands for |
//! |---|---|
//! | `{{#listing CHAPTER FILE ITEM ...}}` | items of a source file, 24 lines at most; `around=N` adds lines before and after each, `lines=A-B` takes a part of one; without an item it is the whole file |
//! | `{{#trace CHAPTER SCENARIO}}` | the scenario's trace as a table; `lines=A-B` takes some of its rows, `fold` closes it |
//! | `{{#picture CHAPTER SCENARIO}}` | the trace as a picture; `until=100ms` takes its beginning; a page with script steps through it |
//! | `{{#output COMMAND LINE}}` | a line of Cargo's and what it prints |
//! | `{{#diff code CHAPTER CHAPTER}}` | what changed in `src/`; with a third word, in that file |
//! | `{{#diff trace CHAPTER CHAPTER SCENARIO}}` | what changed in what happens |
//! | `{{#beside CHAPTER CHAPTER SCENARIO}}` | the pictures of two stages side by side, stepped through together; also `until=100ms` |
//! | `{{#number CHAPTER SCENARIO FACT}}` | `end`, `turns`, `events`, `tasks` or `prints` of a trace |
//! | `{{#number CHAPTER NAME}}` | the value of `NAME = VALUE` in `tests/snapshots/*numbers.snap` |
//! | `{{#life CHAPTER SCENARIO}}` | how often its tasks went from state to state, as a picture |
//! | `{{#scenarios CHAPTER}}` | a table of the chapter's scenarios |
//! | `{{#chart NAME}}` | what `book/measured/NAME.json` holds, as a chart and a table |
//! | `{{#measured NAME LINE N}}` | the time of one point of a chart; with `/ LINE N` behind it, how many times the other it is |
//! | `{{#question NAME}}` | a question of `book/questions/*.toml`, its key checked against a run |
//! | `{{#outline CHAPTER}}` | the chapter's items, each with the first sentence of its documentation and a link to its page |
//! | `{{#claim NAME}}` | the heading of a claim of `book/misconceptions.toml` |
//! | `{{#verdict NAME}}` | its verdict, what decided it, and where it is explained |
//! | `{{#misconceptions}}` | a table of all claims; `verdicts` takes those in place of the programs |
//! | `{{#recorded FOLDER NAME}}` | a Python program of `tests/oracle/` and what CPython printed for it |
//! | `{{#glossary}}` | the words of `book/glossary.toml` |
//!
//! An item is a `Name`, a `module::Name`, a `Type::member` or a `Trait::member`; in quotes
//! `"impl Type"`, `"impl Trait for Type"`, either with `::member`, and `"fn name"` or
//! `"mod name"` where a bare name means two things; `use`, `mod` and `//!` are all such
//! lines of the file. Only `number` and `measured` may stand inside a paragraph. In code, and
//! after a backslash, a directive is text.
//!
//! Invariant: nothing that a page shows is kept beside what it came from, but for what was
//! measured: a build can't measure it again. A directive that can no longer be followed
//! fails the build, and names its page and line.

mod error;
mod workspace;
mod programs;
pub mod stage_diff;
mod words;
mod directive;
mod grammar;
mod reader;
mod items;
mod listing;
mod sources;
mod html;
mod facts;
mod diffs;
mod measured;
mod chart;
mod data;
mod link;
mod claims;
mod outline;
mod glossary;
mod recorded;
mod life;
mod player;
mod pictures;
mod render;
mod question;
mod page;
mod book;
mod coverage;
mod place;

pub use book::{build, expand};
pub use claims::{Claim, claims};
pub use coverage::{Gap, Listed, listed};
pub use error::Error;
pub use glossary::{Term, terms};
pub use page::{Page, Shown, page};
pub use place::Place;
pub use programs::{Output, Programs};
pub use question::{Asked, questions};
pub use workspace::{Chapter, Workspace};
