//! What a question is made of.
//!
//! Invariant: whether its key is right, a question doesn't know. Only a trace does.

use crate::Error;

/// Where the files are, below the workspace's root.
pub(super) const FOLDER: &str = "book/questions";

/// The rules, by the key that names them.
pub(super) const RULES: [&str; 8] =
    ["events", "wakes", "next", "count", "time", "turn", "fact", "happens"];

/// One question.
#[derive(Clone, Debug)]
pub(super) struct Question {
    /// Unlike any other's.
    pub(super) name: String,
    /// Whose scenario decides: the file's name.
    pub(super) chapter: String,
    /// What decides.
    pub(super) scenario: String,
    /// The question, as Markdown.
    pub(super) ask: String,
    /// How the trace decides.
    pub(super) rule: Rule,
    /// The choices, the right one first; none where events are put in order.
    pub(super) choices: Vec<Choice>,
    /// What there is to say about the right answer, as Markdown.
    pub(super) why: String,
    /// Rows of the trace that stand above the choices.
    pub(super) given: Option<(usize, usize)>,
    /// Rows of the trace that stand in the answer.
    pub(super) show: Option<(usize, usize)>,
}

/// How a trace decides what is right. A pattern is the end of a row; `*` is any text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// These events, in the order of the trace.
    Events(Vec<Event>),
    /// Who or what made the task of this row ready for it.
    Wakes(String),
    /// The row after this one, without time and turn.
    Next(String),
    /// How many rows end so.
    Count(String),
    /// The time of this row.
    Time(String),
    /// The turn of this row.
    Turn(String),
    /// A fact, as `{{#number}}` has it.
    Fact(String),
    /// Whether there are the rows that the choice itself names.
    Happens,
}

/// An event to be put in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Event {
    /// Its row.
    pub(super) row: String,
    /// How the page says it, as Markdown; otherwise the row is shown.
    pub(super) say: Option<String>,
}

/// One of several answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// What the rule is asked about; empty, if `rows` are.
    pub(super) is: String,
    /// How the page says it, as Markdown; otherwise `is` is shown.
    pub(super) say: Option<String>,
    /// Rows that are in the trace in this order, if the choice is right.
    pub(super) rows: Vec<String>,
    /// A row that isn't in the trace, if the choice is right.
    pub(super) none: Option<String>,
    /// Why it's wrong, as Markdown; the right one has the question's.
    pub(super) why: String,
}

impl Rule {
    /// The key that names it.
    pub(super) fn name(&self) -> &'static str {
        let at = match self {
            Rule::Events(_) => 0,
            Rule::Wakes(_) => 1,
            Rule::Next(_) => 2,
            Rule::Count(_) => 3,
            Rule::Time(_) => 4,
            Rule::Turn(_) => 5,
            Rule::Fact(_) => 6,
            Rule::Happens => 7,
        };
        RULES[at]
    }
}

impl Question {
    /// Where it's written, for error messages.
    pub(super) fn place(&self) -> String {
        format!("{FOLDER}/{}.toml: {}", self.chapter, self.name)
    }
}

impl Choice {
    /// How the page says it, as Markdown.
    pub(super) fn shown(&self) -> &str {
        self.say.as_deref().unwrap_or(&self.is)
    }

    /// Itself, if it says something that `rule` can decide.
    pub(super) fn whole(self, rule: &Rule) -> Result<Self, Error> {
        let shown = self.shown().to_owned();
        let is_decided = match rule {
            Rule::Happens => self.rows.is_empty() == self.none.is_some(),
            _ => !self.is.is_empty(),
        };
        let why = match (is_decided, *rule == Rule::Happens) {
            (true, _) if self.is.is_empty() || shown.contains(&self.is) => {
                return Ok(self);
            }
            (true, _) => "says something else than its `is`: it must contain it",
            (false, true) => "needs either `rows` that decide it, or a row as `none`",
            (false, false) => "lacks its `is`, which is what the trace decides",
        };
        Err(Error::new(format!("the choice `{shown}` {why}")))
    }
}
