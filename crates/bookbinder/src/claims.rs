//! The claims of `book/misconceptions.toml`: their headings, their verdicts, their index.
//!
//! Invariant: a claim, its verdict and its program stand in that file and nowhere else.
//! The index and the pages are both made of it, so they can't differ.

use std::fmt::Write as _;

use crate::book::pages;
use crate::data::{Record, records};
use crate::directive::Directive;
use crate::html::{code, plain};
use crate::link::{relative, titled};
use crate::page::directives;
use crate::{Error, Workspace};

/// Where the claims stand.
const FILE: &str = "book/misconceptions.toml";

/// What an entry may say.
const KEYS: [&str; 6] = ["name", "says", "verdict", "program", "explained", "coming"];

/// How a claim can be decided; `open`: no program decides it yet.
const VERDICTS: [&str; 4] = ["true", "false", "half", "open"];

/// What many believe, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// From 1, in the order of the file.
    pub number: usize,
    /// What directives and links call it.
    pub name: String,
    /// The claim, in the words of those who make it.
    pub says: String,
    /// `true`, `false`, `half` or `open`.
    pub verdict: String,
    /// What decides it: `CHAPTER SCENARIO`, or `python FOLDER/NAME` for a program below
    /// `tests/oracle/`. None, while it is open.
    pub program: Option<(String, String)>,
    /// The page that explains it, named from `book/src`.
    pub explained: Option<String>,
    /// The chapter to come that builds what the claim is about.
    pub coming: Option<String>,
}

/// All claims, in order.
///
/// # Errors
/// `book/misconceptions.toml` can't be read, or an entry of it lacks something.
pub fn claims(ws: &Workspace) -> Result<Vec<Claim>, Error> {
    let records = records(ws, FILE, "claim", &KEYS)?;
    (1..).zip(&records).map(|(number, record)| claim(number, record)).collect()
}

fn claim(number: usize, record: &Record) -> Result<Claim, Error> {
    let verdict = record.text("verdict")?;
    if !VERDICTS.contains(&&*verdict) {
        return Err(Error::unknown("verdict", &verdict, &VERDICTS));
    }
    let program = record.optional("program").map(|it| {
        let pair = it.split_once(' ').map(|(of, name)| (of.to_owned(), name.to_owned()));
        pair.ok_or_else(|| record.wrong("names half a program"))
    });
    let (explained, coming) = (record.optional("explained"), record.optional("coming"));
    let is_open = verdict == "open";
    if is_open == program.is_some() || (explained.is_none() && coming.is_none()) {
        let what = "needs a program unless it is open, and a page or a chapter to come";
        return Err(record.wrong(what));
    }
    Ok(Claim {
        number,
        name: record.text("name")?,
        says: record.text("says")?,
        verdict,
        program: program.transpose()?,
        explained,
        coming,
    })
}

impl Claim {
    /// The claim called `name`.
    pub(crate) fn find(ws: &Workspace, name: &str) -> Result<Self, Error> {
        let claims = claims(ws)?;
        let missing = || {
            let names: Vec<_> = claims.iter().map(|it| it.name.as_str()).collect();
            Error::unknown("claim", name, &names)
        };
        claims.iter().find(|it| it.name == name).cloned().ok_or_else(missing)
    }

    /// The heading over what a page says of it.
    pub(crate) fn heading(&self) -> String {
        format!("## {}. {} {{#{}}}", self.number, plain(&self.says), self.name)
    }

    /// The heading as it is read.
    pub(crate) fn heading_text(&self) -> String {
        format!("{}. {}\n", self.number, self.says)
    }

    /// The verdict, and where more of it is, for the page `from`.
    pub(crate) fn sentence(&self, ws: &Workspace, from: &str) -> Result<String, Error> {
        let mut text = format!("**{}.**", self.word());
        let decided = self.command().map(|it| format!(" Decided by {}.", code(&it)));
        text += &decided.unwrap_or_default();
        if let Some(page) = &self.explained {
            let _ = write!(text, " Explained in {}.", titled(ws, from, page)?);
        }
        if let Some(chapter) = &self.coming {
            let is_decided = self.program.is_some();
            let does =
                if is_decided { "builds what it is about" } else { "will decide it" };
            let _ = write!(text, " Chapter {chapter}, which is to come, {does}.");
        }
        Ok(text)
    }

    fn word(&self) -> &str {
        match &*self.verdict {
            "true" => "True",
            "false" => "False",
            "half" => "Half of it",
            _ => "Open",
        }
    }

    /// What a reader types to see it decided.
    fn command(&self) -> Option<String> {
        let (place, name) = self.program.as_ref()?;
        Some(match &**place {
            "python" => format!("tests/oracle/{name}.py"),
            chapter => format!("cargo run -p {chapter} -- {name}"),
        })
    }

    fn program_cell(&self) -> String {
        let of = self.program.as_ref();
        let of = of.map(|(place, name)| code(&format!("{place} {name}")));
        of.unwrap_or_else(|| "to come".to_owned())
    }

    fn explained_cell(&self, ws: &Workspace, from: &str) -> Result<String, Error> {
        match (&self.explained, &self.coming) {
            (Some(page), _) => titled(ws, from, page),
            (None, coming) => {
                Ok(format!("chapter {} (to come)", coming.as_deref().unwrap_or_default()))
            }
        }
    }
}

/// The table of all claims, for the page `from`: what decides each, or with `verdicts`
/// how it was decided.
pub(crate) fn index(
    ws: &Workspace,
    from: &str,
    verdicts: bool,
) -> Result<(String, String), Error> {
    let pages = places(ws)?;
    let head = match verdicts {
        true => "| no. | claim | verdict |\n|---|---|---|\n",
        false => "| no. | claim | program | explained in |\n|---|---|---|---|\n",
    };
    let (mut table, mut text) = (head.to_owned(), String::new());
    for claim in claims(ws)? {
        let place = pages.iter().find(|(name, _)| *name == claim.name);
        let missing = || Error::new(format!("no page has {{{{#claim {}}}}}", claim.name));
        let (_, page) = place.ok_or_else(missing)?;
        let link = format!("{}#{}", relative(from, page), claim.name);
        let says = format!("[{}]({link})", plain(&claim.says));
        let rest = if verdicts {
            claim.word().to_lowercase()
        } else {
            let explained = claim.explained_cell(ws, from)?;
            format!("{} | {explained}", claim.program_cell())
        };
        let _ = writeln!(table, "| {} | {says} | {rest} |", claim.number);
        let _ = writeln!(text, "{}. {} | {rest}", claim.number, claim.says);
    }
    Ok((table, text))
}

/// Each claim that a page is about, and that page, named from `book/src`.
fn places(ws: &Workspace) -> Result<Vec<(String, String)>, Error> {
    let mut places = Vec::new();
    for (page, markdown) in pages(ws)? {
        let page = page.trim_start_matches("book/src/");
        for found in directives(&markdown) {
            if let Ok(Directive::Claim(name)) = found.directive {
                places.push((name, page.to_owned()));
            }
        }
    }
    Ok(places)
}
