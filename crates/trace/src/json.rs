//! JSON Lines, out and in. The schema is in the crate's documentation.
//!
//! Invariant: what is written reads back as the same trace. Written by hand on
//! `serde_core`: a derive would cost every chapter seconds of its first build.

use std::fmt;

use serde_core::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::{At, Came, Event, Header, How, On, Trace, What};

impl Trace {
    /// The header's line, then a line per event; every line ends in a newline.
    #[must_use]
    pub fn to_jsonl(&self) -> String {
        let header = line(&self.header);
        let events = self.events.iter().map(line);
        std::iter::once(header).chain(events).collect()
    }

    /// Reads what [`Trace::to_jsonl`] wrote. Blank lines are passed over, and so are
    /// fields that this version doesn't know.
    ///
    /// # Errors
    /// Names the first line that is not JSON, lacks a field, or has another schema.
    pub fn from_jsonl(text: &str) -> Result<Self, ParseError> {
        let numbered =
            text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let mut values = numbered.map(|(i, line)| {
            let at_line = move |what| ParseError { line: i + 1, what };
            let value: Value =
                serde_json::from_str(line).map_err(|e| at_line(e.to_string()))?;
            Ok((value, at_line))
        });
        let missing =
            ParseError { line: 1, what: "no header: the text is empty".to_owned() };
        let (first, at_line) = values.next().ok_or(missing)??;
        let header = header(&first).map_err(at_line)?;
        let events = values.map(|value| {
            let (value, at_line) = value?;
            event(&value).map_err(at_line)
        });
        Ok(Trace { header, events: events.collect::<Result<_, _>>()? })
    }
}

/// A line that is not an event of this schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Line of the text, from 1.
    line: usize,
    /// What is wrong with it.
    what: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} of the trace: {}", self.line, self.what)
    }
}

impl std::error::Error for ParseError {}

fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("strings and integers always serialize") + "\n"
}

impl Serialize for Header {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", &Trace::SCHEMA)?;
        map.serialize_entry("program", &self.program)?;
        map.serialize_entry("scenario", &self.scenario)?;
        map.serialize_entry("clock", if self.virtual_time { "virtual" } else { "real" })?;
        map.end()
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("t_ns", &self.t_ns)?;
        map.serialize_entry("turn", &self.turn)?;
        map.serialize_entry("task", &self.task)?;
        map.serialize_entry("event", self.what.name())?;
        map.serialize_entry("at", &self.at.to_string())?;
        self.what.own_fields(&mut map)?;
        map.end()
    }
}

impl What {
    /// The kind's name in the schema.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            What::Spawned => "spawned",
            What::Resumed { .. } => "resumed",
            What::Printed { .. } => "printed",
            What::Suspended { .. } => "suspended",
            What::Woken { .. } => "woken",
            What::Finished { .. } => "finished",
            What::Waiting { .. } => "waiting",
            What::Ready { .. } => "ready",
        }
    }

    fn own_fields<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            What::Spawned | What::Resumed { with: None } => Ok(()),
            What::Resumed { with: Some(with) } => map.serialize_entry("with", with),
            What::Printed { text } => map.serialize_entry("text", text),
            What::Suspended { on } => on.fields(map),
            What::Woken { by } => map.serialize_entry("by", by),
            What::Finished { how } => how.fields(map),
            What::Waiting { timeout_ns, timers, descriptors } => {
                map.serialize_entry("timeout_ns", timeout_ns)?;
                map.serialize_entry("timers", timers)?;
                map.serialize_entry("descriptors", descriptors)
            }
            What::Ready { came } => map.serialize_entry("came", came),
        }
    }
}

impl On {
    fn fields<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let (on, key, value) = match self {
            On::Timer { until_ns } => {
                map.serialize_entry("on", "timer")?;
                return map.serialize_entry("until_ns", until_ns);
            }
            On::Turn => ("turn", "", ""),
            On::Nothing => ("nothing", "", ""),
            On::Value(value) => ("value", "value", value.as_str()),
            On::Readable(source) => ("readable", "source", source.as_str()),
            On::Writable(source) => ("writable", "source", source.as_str()),
            On::Task(name) => ("task", "name", name.as_str()),
            On::Future(name) => ("future", "name", name.as_str()),
        };
        map.serialize_entry("on", on)?;
        if key.is_empty() { Ok(()) } else { map.serialize_entry(key, value) }
    }
}

impl How {
    fn fields<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let (how, value) = match self {
            How::Returned(value) => ("returned", value.as_ref()),
            How::Failed(error) => ("failed", Some(error)),
            How::Panicked(message) => ("panicked", Some(message)),
            How::Cancelled => ("cancelled", None),
            How::Closed => ("closed", None),
        };
        map.serialize_entry("how", how)?;
        value.map_or(Ok(()), |value| map.serialize_entry("value", value))
    }
}

impl Serialize for Came {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (key, value) = match self {
            Came::Timer(task) => ("timer", task),
            Came::Readable(source) => ("readable", source),
            Came::Writable(source) => ("writable", source),
            Came::Message(from) => ("message", from),
        };
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(key, value)?;
        map.end()
    }
}

fn header(value: &Value) -> Result<Header, String> {
    match integer(value, "schema")? {
        Trace::SCHEMA => Ok(Header {
            program: string(value, "program")?,
            scenario: string(value, "scenario")?,
            virtual_time: is_virtual(&string(value, "clock")?)?,
        }),
        other => Err(format!("schema {other}, but this reads {}", Trace::SCHEMA)),
    }
}

fn event(value: &Value) -> Result<Event, String> {
    Ok(Event {
        t_ns: integer(value, "t_ns")?,
        turn: integer(value, "turn")?,
        task: nullable(value, "task", Value::as_str)?.map(str::to_owned),
        at: at(&string(value, "at")?)?,
        what: what(value)?,
    })
}

fn at(text: &str) -> Result<At, String> {
    let place = text.rsplit_once(':').and_then(|(file, line)| {
        Some(At { file: file.to_owned(), line: line.parse().ok()? })
    });
    place.ok_or_else(|| format!("`at` is {text:?}, not FILE:LINE"))
}

fn what(value: &Value) -> Result<What, String> {
    Ok(match string(value, "event")?.as_str() {
        "spawned" => What::Spawned,
        "resumed" => What::Resumed { with: optional(value, "with") },
        "printed" => What::Printed { text: string(value, "text")? },
        "suspended" => What::Suspended { on: on(value)? },
        "woken" => What::Woken { by: string(value, "by")? },
        "finished" => What::Finished { how: how(value)? },
        "waiting" => What::Waiting {
            timeout_ns: nullable(value, "timeout_ns", Value::as_u64)?,
            timers: count(value, "timers")?,
            descriptors: count(value, "descriptors")?,
        },
        "ready" => What::Ready { came: came(value)? },
        other => return Err(format!("no event is called {other:?}")),
    })
}

fn on(value: &Value) -> Result<On, String> {
    Ok(match string(value, "on")?.as_str() {
        "timer" => On::Timer { until_ns: integer(value, "until_ns")? },
        "turn" => On::Turn,
        "nothing" => On::Nothing,
        "value" => On::Value(string(value, "value")?),
        "readable" => On::Readable(string(value, "source")?),
        "writable" => On::Writable(string(value, "source")?),
        "task" => On::Task(string(value, "name")?),
        "future" => On::Future(string(value, "name")?),
        other => return Err(format!("nothing suspends on {other:?}")),
    })
}

fn how(value: &Value) -> Result<How, String> {
    Ok(match string(value, "how")?.as_str() {
        "returned" => How::Returned(optional(value, "value")),
        "failed" => How::Failed(string(value, "value")?),
        "panicked" => How::Panicked(string(value, "value")?),
        "cancelled" => How::Cancelled,
        "closed" => How::Closed,
        other => return Err(format!("nothing finishes as {other:?}")),
    })
}

fn came(value: &Value) -> Result<Vec<Came>, String> {
    let list = value["came"].as_array().ok_or("`came` is missing, or no list")?;
    list.iter().map(one_came).collect()
}

fn one_came(value: &Value) -> Result<Came, String> {
    let source = |key| optional(value, key);
    let came = source("timer").map(Came::Timer);
    let came = came.or_else(|| source("readable").map(Came::Readable));
    let came = came.or_else(|| source("writable").map(Came::Writable));
    let came = came.or_else(|| source("message").map(Came::Message));
    came.ok_or_else(|| format!("nothing comes as {value}"))
}

fn is_virtual(clock: &str) -> Result<bool, String> {
    match clock {
        "virtual" => Ok(true),
        "real" => Ok(false),
        other => Err(format!("no clock is called {other:?}")),
    }
}

/// A field that must be there, and may be null.
fn nullable<'a, T>(
    value: &'a Value,
    key: &str,
    read: impl Fn(&'a Value) -> Option<T>,
) -> Result<Option<T>, String> {
    match value.get(key) {
        Some(Value::Null) => Ok(None),
        Some(found) => match read(found) {
            None => Err(format!("`{key}` is neither null nor of its type")),
            some => Ok(some),
        },
        None => Err(format!("`{key}` is missing")),
    }
}

fn integer(value: &Value, key: &str) -> Result<u64, String> {
    value[key].as_u64().ok_or_else(|| format!("`{key}` is missing, or no integer"))
}

fn count(value: &Value, key: &str) -> Result<usize, String> {
    usize::try_from(integer(value, key)?).map_err(|e| format!("`{key}`: {e}"))
}

fn string(value: &Value, key: &str) -> Result<String, String> {
    optional(value, key).ok_or_else(|| format!("`{key}` is missing, or no string"))
}

fn optional(value: &Value, key: &str) -> Option<String> {
    value[key].as_str().map(str::to_owned)
}
