//! `cargo run -p benches`: what was measured, from Criterion's files into the book's.
//!
//! Invariant: a chart's file says nothing that wasn't measured on one machine in one run
//! of `cargo bench`. It names the machine's kind, and not the machine.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// A chart: a group of measurements, and its words.
struct Chart {
    /// The group, and the file's name.
    name: &'static str,
    /// What a value is.
    title: &'static str,
    /// What is varied.
    x: &'static str,
    /// The lines, in the order of the list below the chart, each with its reason to end
    /// before the others.
    series: &'static [(&'static str, Option<&'static str>)],
}

/// All charts.
const CHARTS: [Chart; 7] = [
    Chart {
        name: "descriptors",
        title: "Time of a turn in which one descriptor is ready",
        x: "descriptors that are watched and idle",
        series: &[("select", Some("no room for more")), ("poll", None), ("epoll", None)],
    },
    Chart {
        name: "timers",
        title: "Time to take the first timer out and put one in",
        x: "timers that are set",
        series: &[("list", None), ("heap", None)],
    },
    runtimes("runtimes-spawn", "Time to spawn tasks and join them"),
    runtimes("runtimes-yield", "Time of giving way"),
    runtimes("runtimes-channel", "Time of messages through a channel"),
    runtimes("runtimes-timer", "Time to set timers and drop them"),
    runtimes("runtimes-echo", "Time of bytes to a task and back, over loopback"),
];

/// One program on three runtimes: numbers for a table.
const fn runtimes(name: &'static str, title: &'static str) -> Chart {
    let series = &[("ours", None), ("tokio", None), ("smol", None)];
    Chart { name, title, x: "times in one run", series }
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let measured = target.unwrap_or_else(|| root.join("target")).join("criterion");
    let machine = machine()?;
    let groups: Vec<_> =
        CHARTS.iter().filter(|it| measured.join(it.name).is_dir()).collect();
    if groups.is_empty() {
        return Err(format!("nothing in {}; measure first", measured.display()).into());
    }
    // Of what was not measured, the old numbers stay.
    for chart in groups {
        let file = root.join(format!("book/measured/{}.json", chart.name));
        let value = saved(chart, &machine, &measured.join(chart.name))?;
        fs::write(file, format!("{value:#}\n"))?;
        println!("book/measured/{}.json", chart.name);
    }
    Ok(())
}

/// What a reader wants to know of the machine.
fn machine() -> Result<Value, Box<dyn Error>> {
    let says = |program: &str, arg: &str| -> Result<String, Box<dyn Error>> {
        let output = Command::new(program).arg(arg).output()?;
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    };
    let rustc = says("rustc", "--version")?;
    Ok(json!({
        "cores": std::thread::available_parallelism()?.get(),
        "system": format!("{} on {}", says("uname", "-s")?, std::env::consts::ARCH),
        "rustc": rustc.split(' ').nth(1).ok_or("rustc doesn't tell its version")?,
        "date": says("date", "+%Y-%m-%d")?,
    }))
}

/// The file of one chart.
fn saved(chart: &Chart, machine: &Value, group: &Path) -> Result<Value, Box<dyn Error>> {
    let mut series = Vec::new();
    for (name, ends) in chart.series {
        let points = points(&group.join(name))?;
        series.push(json!({ "name": name, "ends": ends, "points": points }));
    }
    Ok(json!({
        "schema": 1,
        "title": chart.title,
        "x": chart.x,
        "machine": machine,
        "series": series,
    }))
}

/// A line's points: a directory of Criterion's for each, whose name is the number.
fn points(series: &Path) -> Result<Vec<Value>, Box<dyn Error>> {
    let missing = |cause| format!("{}: {cause}; measure first", series.display());
    let mut points = Vec::new();
    for entry in fs::read_dir(series).map_err(missing)? {
        let entry = entry?;
        let Ok(n) = entry.file_name().to_string_lossy().parse::<u64>() else { continue };
        let file = entry.path().join("new/estimates.json");
        let estimates: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
        let median = &estimates["median"];
        let interval = &median["confidence_interval"];
        let ns = |value: &Value| value.as_f64().ok_or("an estimate is a number");
        points.push((
            n,
            json!({
                "n": n,
                "median_ns": tenth(ns(&median["point_estimate"])?),
                "low_ns": tenth(ns(&interval["lower_bound"])?),
                "high_ns": tenth(ns(&interval["upper_bound"])?),
            }),
        ));
    }
    points.sort_by_key(|(n, _)| *n);
    Ok(points.into_iter().map(|(_, point)| point).collect())
}

/// To a tenth of a nanosecond: more digits would only be noise in a diff.
fn tenth(ns: f64) -> f64 {
    (ns * 10.0).round() / 10.0
}
