//! What was measured once and saved: `book/measured/NAME.json`, which `cargo run -p benches`
//! writes.
//!
//! Invariant: what is read is whole. Every value is a time above zero inside its interval,
//! and each line's points go up. A file that says anything else is an error.

use std::fs;

use serde_json::Value;

use crate::{Error, Workspace};

/// The measurements of one chart.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Measured {
    /// What a value is.
    pub(crate) title: String,
    /// What is varied.
    pub(crate) x: String,
    /// When, and on what kind of machine: a sentence.
    pub(crate) machine: String,
    /// The lines, at least one.
    pub(crate) series: Vec<Series>,
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Series {
    /// What was measured: `select`.
    pub(crate) name: String,
    /// Why it ends before the others, if it must.
    pub(crate) ends: Option<String>,
    /// Its points, at least one, from left to right.
    pub(crate) points: Vec<Point>,
}

/// One measurement. Times are in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    /// What was varied: how many there were.
    pub(crate) n: f64,
    /// Half of the samples took longer.
    pub(crate) median: f64,
    /// The median lies above this, with a confidence of 95 %.
    pub(crate) low: f64,
    /// And below this.
    pub(crate) high: f64,
}

impl Measured {
    /// Reads `book/measured/NAME.json`.
    pub(crate) fn read(workspace: &Workspace, name: &str) -> Result<Measured, Error> {
        let path = workspace.root().join(format!("book/measured/{name}.json"));
        let text = fs::read_to_string(&path);
        let text = text.map_err(|cause| Error::io("read", &path, cause))?;
        let file = |it: Error| it.with_context(format!("book/measured/{name}.json"));
        parsed(&text).map_err(file)
    }

    /// The median of `series` at `n`.
    pub(crate) fn median(&self, series: &str, n: u32) -> Result<f64, Error> {
        let names: Vec<&str> = self.series.iter().map(|it| it.name.as_str()).collect();
        let found = self.series.iter().find(|it| it.name == series);
        let found = found.ok_or_else(|| Error::unknown("line", series, &names))?;
        let point = found.points.iter().find(|it| it.n.total_cmp(&f64::from(n)).is_eq());
        let known: Vec<String> = found.points.iter().map(|it| it.n.to_string()).collect();
        let missing =
            || Error::unknown(&format!("point of {series}"), &n.to_string(), &known);
        point.map(|it| it.median).ok_or_else(missing)
    }
}

/// What `text`, a whole file, says.
pub(crate) fn parsed(text: &str) -> Result<Measured, Error> {
    let file: Value = serde_json::from_str(text)
        .map_err(|cause| Error::new(format!("this is no JSON: {cause}")))?;
    if file["schema"] != 1 {
        return Err(Error::new("`schema` must be 1"));
    }
    let series: Vec<Series> =
        list(&file, "series")?.iter().map(line).collect::<Result<_, _>>()?;
    Ok(Measured {
        title: word(&file, "title")?,
        x: word(&file, "x")?,
        machine: machine(&file["machine"]).map_err(|it| it.with_context("`machine`"))?,
        series,
    })
}

fn machine(it: &Value) -> Result<String, Error> {
    let (date, system, rustc) =
        (word(it, "date")?, word(it, "system")?, word(it, "rustc")?);
    let cores = number(it, "cores")?;
    let s = if cores > 1.0 { "s" } else { "" };
    Ok(format!("Measured on {date}: {cores} core{s}, {system}, Rust {rustc}."))
}

fn line(it: &Value) -> Result<Series, Error> {
    let name = word(it, "name")?;
    let points = list(it, "points").and_then(|all| all.iter().map(point).collect());
    let points: Result<Vec<Point>, Error> = points;
    let points = points.map_err(|it| it.with_context(format!("series `{name}`")))?;
    if !points.is_sorted_by(|a, b| a.n < b.n) {
        return Err(Error::new(format!("series `{name}`: `n` must go up")));
    }
    let ends = it["ends"].as_str().map(str::to_owned);
    Ok(Series { name, ends, points })
}

fn point(it: &Value) -> Result<Point, Error> {
    let point = Point {
        n: number(it, "n")?,
        median: number(it, "median_ns")?,
        low: number(it, "low_ns")?,
        high: number(it, "high_ns")?,
    };
    match point.low <= point.median && point.median <= point.high {
        true => Ok(point),
        false => {
            Err(Error::new(format!("n={}: the median is outside its interval", point.n)))
        }
    }
}

/// The text called `key`.
fn word(it: &Value, key: &str) -> Result<String, Error> {
    let missing = || Error::new(format!("`{key}` must be a text"));
    it[key].as_str().map(str::to_owned).ok_or_else(missing)
}

/// The number called `key`: all have logarithms.
fn number(it: &Value, key: &str) -> Result<f64, Error> {
    let positive = it[key].as_f64().filter(|number| *number > 0.0);
    positive.ok_or_else(|| Error::new(format!("`{key}` must be a number above zero")))
}

/// The list called `key`, which isn't empty.
fn list<'a>(it: &'a Value, key: &str) -> Result<&'a [Value], Error> {
    let some = it[key].as_array().filter(|list| !list.is_empty());
    let missing = || Error::new(format!("`{key}` must be a list, and not empty"));
    some.map(Vec::as_slice).ok_or_else(missing)
}
