//! A chart of what was measured: two drawings, for a wide column and for a narrow one, and
//! the numbers as a table.
//!
//! Invariant: a chart says nothing that the table doesn't. Colour is never the only sign:
//! each line has its name beside it, a mark and a dash of its own.

mod scale;
mod labels;
mod draw;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use crate::html::{embedded, escaped, figure, folded};
use crate::measured::{Measured, Point, Series};
use crate::render::Rendered;
use draw::{NARROW, WIDE, svg};
use scale::count;
pub(crate) use scale::{ratio, time};

/// The figure of `measured`.
pub(crate) fn figure_of(measured: &Measured) -> Rendered {
    let (wide, narrow) = (svg(measured, WIDE), svg(measured, NARROW));
    let drawings = format!(
        "<div class=\"wide\">\n{}\n</div>\n<div class=\"narrow\">\n{}\n</div>",
        embedded(&wide),
        embedded(&narrow),
    );
    let how = "Both axes are logarithmic. A bar on a mark is the median's 95 % \
               confidence interval, where that is wider than the mark.";
    let caption =
        format!("{}. {} {how}", escaped(&measured.title), escaped(&measured.machine));
    let table =
        folded("numbers", "The numbers: median, and its interval", &table(measured));
    Rendered {
        markdown: format!("{}\n\n{table}", figure("picture chart", &caption, &drawings)),
        text: format!("{}. {}\n", measured.title, measured.machine),
        svg: Some(wide),
    }
}

/// A row for each number of things, a column for each line.
fn table(measured: &Measured) -> String {
    let names: Vec<&str> = measured.series.iter().map(|it| it.name.as_str()).collect();
    let rule = "---:|".repeat(names.len() + 1);
    let mut table = format!("| {} | {} |\n|{rule}\n", measured.x, names.join(" | "));
    for n in numbers(measured) {
        let cells: Vec<String> = measured.series.iter().map(|it| cell(it, n)).collect();
        let _ = writeln!(table, "| {} | {} |", count(n), cells.join(" | "));
    }
    table
}

/// Every `n` of any line, in order.
fn numbers(measured: &Measured) -> Vec<f64> {
    let points = measured.series.iter().flat_map(|it| &it.points);
    let mut all: Vec<f64> = points.map(|it| it.n).collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    all
}

fn cell(series: &Series, n: f64) -> String {
    let point = series.points.iter().find(|it| it.n.total_cmp(&n).is_eq());
    let shown = |it: &Point| {
        format!("{} ({} to {})", time(it.median, 3), time(it.low, 3), time(it.high, 3))
    };
    let gap = || series.ends.clone().unwrap_or_else(|| "not measured".to_owned());
    point.map_or_else(gap, shown).replace(' ', "&nbsp;").replace("&nbsp;(", " (")
}
