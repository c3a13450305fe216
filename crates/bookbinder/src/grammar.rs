//! How directives are written: the grammar of `{{#name …}}`.
//!
//! Invariant: whatever is refused is refused with the form that it should have had.

use crate::Error;
use crate::directive::{Directive, FACTS, Listing, Run, Spot};
use crate::words::{Words, bad};

/// What `{{#diff …}}` compares.
const DIFFS: [&str; 4] = ["code", "trace", "scenarios", "files"];

/// Each directive and how it is written.
const FORMS: [(&str, &str); 18] = [
    ("listing", "listing CHAPTER FILE [ITEM ...] [around=N] [lines=A-B]"),
    ("trace", "trace CHAPTER SCENARIO [lines=A-B] [fold]"),
    ("picture", "picture CHAPTER SCENARIO [until=100ms]"),
    ("output", "output COMMAND LINE"),
    (
        "diff",
        "diff code CHAPTER CHAPTER [FILE], diff trace CHAPTER CHAPTER SCENARIO, \
         diff scenarios CHAPTER SCENARIO SCENARIO, or diff files CHAPTER FILE FILE",
    ),
    ("beside", "beside CHAPTER CHAPTER SCENARIO [until=100ms]"),
    ("number", "number CHAPTER SCENARIO FACT, or number CHAPTER NAME"),
    ("life", "life CHAPTER SCENARIO"),
    ("scenarios", "scenarios CHAPTER"),
    ("chart", "chart NAME"),
    ("measured", "measured NAME LINE N [/ LINE N]"),
    ("question", "question NAME"),
    ("outline", "outline CHAPTER"),
    ("claim", "claim NAME"),
    ("verdict", "verdict NAME"),
    ("misconceptions", "misconceptions [verdicts]"),
    ("recorded", "recorded FOLDER NAME"),
    ("glossary", "glossary"),
];

impl Directive {
    /// Reads `text`, what stands between `{{#` and `}}`.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let names = FORMS.map(|(name, _)| name);
        let Some((name, form)) = FORMS.into_iter().find(|(known, _)| *known == name)
        else {
            return Err(Error::unknown("directive", name, &names));
        };
        if name == "output" && !rest.trim().is_empty() {
            return Ok(Directive::Output(rest.trim().to_owned()));
        }
        directive(&Words::new(name, form, rest)?)
    }
}

fn directive(words: &Words) -> Result<Directive, Error> {
    let plain: Vec<&str> = words.plain.iter().map(String::as_str).collect();
    let run = |chapter: &str, scenario: &str| Run {
        chapter: chapter.to_owned(),
        scenario: scenario.to_owned(),
    };
    let directive = match (words.name, &*plain) {
        ("listing", [chapter, file, items @ ..]) => {
            Directive::Listing(listing(words, chapter, file, items)?)
        }
        ("trace", [chapter, scenario]) => Directive::Trace {
            of: run(chapter, scenario),
            lines: words.lines()?,
            is_folded: words.option("fold").is_some(),
        },
        ("picture", [chapter, scenario]) => Directive::Picture {
            of: run(chapter, scenario),
            until: words.option("until").map(until).transpose()?,
        },
        ("beside", [from, to, scenario]) => Directive::Beside {
            from: (*from).to_owned(),
            to: (*to).to_owned(),
            scenario: (*scenario).to_owned(),
            until: words.option("until").map(until).transpose()?,
        },
        ("life", [chapter, scenario]) => Directive::Life(run(chapter, scenario)),
        ("diff", [kind, rest @ ..]) => return diff(words, kind, rest),
        ("number", [chapter, scenario, fact]) => {
            Directive::Fact { of: run(chapter, scenario), name: fact_name(fact)? }
        }
        ("number", [chapter, name]) => {
            Directive::Number { chapter: (*chapter).to_owned(), name: (*name).to_owned() }
        }
        _ => return of_the_book(words, &plain),
    };
    Ok(directive)
}

/// What lists things, and what is about the book itself.
fn of_the_book(words: &Words, plain: &[&str]) -> Result<Directive, Error> {
    let directive = match (words.name, plain) {
        ("scenarios", [chapter]) => Directive::Scenarios((*chapter).to_owned()),
        ("chart", [name]) => Directive::Chart((*name).to_owned()),
        ("measured", [chart, line, n, rest @ ..]) => Directive::Measured {
            chart: (*chart).to_owned(),
            of: spot(line, n)?,
            by: match rest {
                [] => None,
                ["/", line, n] => Some(spot(line, n)?),
                _ => return words.wrong(),
            },
        },
        ("question", [name]) => Directive::Question((*name).to_owned()),
        ("outline", [chapter]) => Directive::Outline((*chapter).to_owned()),
        ("claim", [name]) => Directive::Claim((*name).to_owned()),
        ("verdict", [name]) => Directive::Verdict((*name).to_owned()),
        ("misconceptions", []) => Directive::Misconceptions(false),
        ("misconceptions", ["verdicts"]) => Directive::Misconceptions(true),
        ("recorded", [folder, name]) => {
            Directive::Recorded { folder: (*folder).to_owned(), name: (*name).to_owned() }
        }
        ("glossary", []) => Directive::Glossary,
        _ => return words.wrong(),
    };
    Ok(directive)
}

fn spot(line: &str, n: &str) -> Result<Spot, Error> {
    let number = n.parse().map_err(|_| bad("N", n, "1000"))?;
    Ok((line.to_owned(), number))
}

fn listing(
    words: &Words,
    chapter: &str,
    file: &str,
    items: &[&str],
) -> Result<Listing, Error> {
    let around = match words.option("around") {
        None => 0,
        Some(n) => n.parse().map_err(|_| bad("around", n, "3"))?,
    };
    let lines = words.lines()?;
    if lines.is_some() && (items.len() > 1 || around > 0) {
        let why = "lines=A-B are lines of one item: \
                   ask for each in a listing of its own, without around=N";
        return Err(Error::new(why));
    }
    Ok(Listing {
        chapter: chapter.to_owned(),
        file: file.to_owned(),
        items: items.iter().map(|&item| item.to_owned()).collect(),
        around,
        lines,
    })
}

fn diff(words: &Words, kind: &str, rest: &[&str]) -> Result<Directive, Error> {
    match (kind, rest) {
        ("code", [from, to, file @ ..]) if file.len() < 2 => Ok(Directive::DiffCode {
            from: (*from).to_owned(),
            to: (*to).to_owned(),
            file: file.first().map(|&file| file.to_owned()),
        }),
        ("trace", [from, to, scenario]) => Ok(Directive::DiffTrace {
            from: (*from).to_owned(),
            to: (*to).to_owned(),
            scenario: (*scenario).to_owned(),
        }),
        ("scenarios", [chapter, from, to]) => Ok(Directive::DiffScenarios {
            chapter: (*chapter).to_owned(),
            scenarios: [from, to].map(|&name| name.to_owned()),
        }),
        ("files", [chapter, from, to]) => Ok(Directive::DiffFiles {
            chapter: (*chapter).to_owned(),
            files: [from, to].map(|&name| name.to_owned()),
        }),
        _ if DIFFS.contains(&kind) => words.wrong(),
        _ => Err(Error::unknown("diff", kind, &DIFFS)),
    }
}

fn fact_name(name: &str) -> Result<String, Error> {
    match FACTS.contains(&name) {
        true => Ok(name.to_owned()),
        false => Err(Error::unknown("fact of a trace", name, &FACTS)),
    }
}

/// `100ms` in nanoseconds, and as it is said in a sentence: `100 ms`.
fn until(text: &str) -> Result<(u64, String), Error> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit_ns: Option<u64> = match unit {
        "ns" => Some(1),
        "us" => Some(1_000),
        "ms" => Some(1_000_000),
        "s" => Some(1_000_000_000),
        "min" => Some(60_000_000_000),
        "h" => Some(3_600_000_000_000),
        _ => None,
    };
    let ns = number.parse::<u64>().ok().zip(unit_ns);
    let ns = ns.and_then(|(number, unit)| number.checked_mul(unit));
    let said = format!("{number} {unit}");
    ns.map(|ns| (ns, said)).ok_or_else(|| bad("until", text, "100ms"))
}
