//! Reads the files of questions: `book/questions/CHAPTER.toml`, a table for each.
//!
//! Invariant: a question that can be read is whole. It has one rule, and every word in
//! it is used.

use std::fs;
use std::path::Path;

use toml::{Table, Value};

use super::data::{Choice, Event, FOLDER, Question, RULES, Rule};
use crate::{Error, Workspace};

/// What a question may have beside its rule.
const KEYS: [&str; 7] = ["of", "ask", "answer", "wrong", "why", "given", "show"];

/// Every question, by chapter and name.
pub(super) fn all(ws: &Workspace) -> Result<Vec<Question>, Error> {
    let mut all: Vec<Question> = Vec::new();
    for chapter in ws.chapters()? {
        let file = ws.root().join(FOLDER).join(format!("{}.toml", chapter.name));
        if !file.is_file() {
            continue;
        }
        for (name, value) in read(&file)? {
            let place = format!("{FOLDER}/{}.toml: {name}", chapter.name);
            let question = Fields::of(&value, &[&KEYS[..], &RULES[..]].concat())
                .and_then(|fields| question(&name, &chapter.name, &fields))
                .map_err(|it| it.with_context(place.clone()))?;
            if let Some(other) = all.iter().find(|it| it.name == name) {
                let why = format!("{} has the same name: rename one", other.place());
                return Err(Error::new(why).with_context(place));
            }
            all.push(question);
        }
    }
    Ok(all)
}

fn read(file: &Path) -> Result<Table, Error> {
    let text =
        fs::read_to_string(file).map_err(|cause| Error::io("read", file, cause))?;
    text.parse().map_err(|cause| Error::new(format!("{}: {cause}", file.display())))
}

fn question(name: &str, chapter: &str, fields: &Fields<'_>) -> Result<Question, Error> {
    let rule = rule(fields)?;
    Ok(Question {
        name: name.to_owned(),
        chapter: chapter.to_owned(),
        scenario: fields.text("of")?,
        ask: fields.text("ask")?,
        choices: choices(fields, &rule)?,
        rule,
        why: fields.text("why")?,
        given: fields.lines("given")?,
        show: fields.lines("show")?,
    })
}

/// The one rule of the question.
fn rule(fields: &Fields<'_>) -> Result<Rule, Error> {
    let named: Vec<&str> =
        RULES.into_iter().filter(|key| fields.table.contains_key(*key)).collect();
    let [key] = named[..] else {
        return Err(Error::new(format!(
            "a question is decided by one of {}; this one has {}",
            RULES.join(", "),
            if named.is_empty() { "none".to_owned() } else { named.join(" and ") },
        )));
    };
    Ok(match key {
        "events" => Rule::Events(events(fields)?),
        "wakes" => Rule::Wakes(fields.text(key)?),
        "next" => Rule::Next(fields.text(key)?),
        "count" => Rule::Count(fields.text(key)?),
        "time" => Rule::Time(fields.text(key)?),
        "turn" => Rule::Turn(fields.text(key)?),
        "fact" => Rule::Fact(fields.text(key)?),
        _ => Rule::Happens,
    })
}

/// A row each, or `{ row = …, say = … }`.
fn events(fields: &Fields<'_>) -> Result<Vec<Event>, Error> {
    let all: Result<Vec<_>, _> = fields.list("events")?.iter().map(event).collect();
    let all = all?;
    match all.len() {
        3..=6 => Ok(all),
        n => Err(Error::new(format!("{n} events: three to six can be put in order"))),
    }
}

fn event(value: &Value) -> Result<Event, Error> {
    if let Some(row) = value.as_str() {
        return Ok(Event { row: row.to_owned(), say: None });
    }
    let fields = Fields::of(value, &["row", "say"])?;
    Ok(Event { row: fields.text("row")?, say: Some(fields.text("say")?) })
}

/// The answer, and then each wrong choice.
fn choices(fields: &Fields<'_>, rule: &Rule) -> Result<Vec<Choice>, Error> {
    let is_order = matches!(rule, Rule::Events(_));
    if is_order {
        let mut of_choices = ["answer", "wrong"].into_iter();
        let stray = of_choices.find(|key| fields.table.contains_key(*key));
        return match stray {
            None => Ok(Vec::new()),
            Some(key) => {
                Err(Error::new(format!("its answer is the trace: take out `{key}`")))
            }
        };
    }
    let answer = fields.value("answer")?;
    let mut all = vec![choice(answer, rule)?];
    for wrong in fields.list("wrong")? {
        let wrong = choice(wrong, rule)?;
        if wrong.why.is_empty() {
            let why = format!("the wrong choice `{}` lacks its `why`", wrong.shown());
            return Err(Error::new(why));
        }
        all.push(wrong);
    }
    match all.len() {
        3..=5 => Ok(all),
        n => Err(Error::new(format!("{n} choices: there are three to five"))),
    }
}

fn choice(value: &Value, rule: &Rule) -> Result<Choice, Error> {
    if let Some(is) = value.as_str().filter(|_| *rule != Rule::Happens) {
        let (is, why) = (is.to_owned(), String::new());
        return Ok(Choice { is, say: None, rows: Vec::new(), none: None, why });
    }
    let own: &[&str] = match rule {
        Rule::Happens => &["say", "rows", "none", "why"],
        _ => &["is", "say", "why"],
    };
    let fields = Fields::of(value, own)?;
    let rows = match fields.table.get("rows") {
        None => Vec::new(),
        Some(Value::String(one)) => vec![one.clone()],
        Some(_) => {
            let texts = fields.list("rows")?.iter();
            let texts = texts.filter_map(Value::as_str).map(str::to_owned);
            texts.collect()
        }
    };
    let choice = Choice {
        is: fields.optional("is")?.unwrap_or_default(),
        say: fields.optional("say")?,
        rows,
        none: fields.optional("none")?,
        why: fields.optional("why")?.unwrap_or_default(),
    };
    choice.whole(rule)
}

/// A table of the file whose keys are all known.
struct Fields<'a> {
    /// The table.
    table: &'a Table,
}

impl<'a> Fields<'a> {
    fn of(value: &'a Value, known: &[&str]) -> Result<Self, Error> {
        let not_a_table = || Error::new(format!("`{value}` is no table of {known:?}"));
        let table = value.as_table().ok_or_else(not_a_table)?;
        match table.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => Err(Error::unknown("key of a question", key, known)),
            None => Ok(Fields { table }),
        }
    }

    fn value(&self, key: &str) -> Result<&'a Value, Error> {
        let lacking = || Error::new(format!("it lacks its `{key}`"));
        self.table.get(key).ok_or_else(lacking)
    }

    fn optional(&self, key: &str) -> Result<Option<String>, Error> {
        self.table.get(key).map(|_| self.text(key)).transpose()
    }

    fn text(&self, key: &str) -> Result<String, Error> {
        let text = self.value(key)?.as_str().map(str::trim).filter(|it| !it.is_empty());
        text.map(str::to_owned).ok_or_else(|| Error::new(format!("`{key}` is no text")))
    }

    fn list(&self, key: &str) -> Result<&'a [Value], Error> {
        let list = self.value(key)?.as_array();
        list.map(Vec::as_slice).ok_or_else(|| Error::new(format!("`{key}` is no list")))
    }

    /// `A-B`, or `A` for one.
    fn lines(&self, key: &str) -> Result<Option<(usize, usize)>, Error> {
        let Some(text) = self.optional(key)? else { return Ok(None) };
        let (first, last) = text.split_once('-').unwrap_or((&text, &text));
        match (first.parse(), last.parse()) {
            (Ok(first), Ok(last)) if 1 <= first && first <= last => {
                Ok(Some((first, last)))
            }
            _ => Err(Error::new(format!("`{key} = \"{text}\"` is written \"3-9\""))),
        }
    }
}
