//! A chart as SVG: axes, lines, marks, intervals, names.
//!
//! Invariant: it only draws. Where things stand is up to `scale` and `labels`, and what
//! they look like is up to the book's style sheet.

use std::fmt::Write as _;

use super::labels::{Area, LINE, Spot, places};
use super::scale::{Scale, count, time};
use crate::html::escaped;
use crate::measured::{Measured, Series};

/// How large the paper is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paper {
    /// In pixels.
    width: f64,
    /// In pixels.
    height: f64,
}

/// For the column of a desk's screen.
pub(super) const WIDE: Paper = Paper { width: 700.0, height: 400.0 };
/// For a telephone.
pub(super) const NARROW: Paper = Paper { width: 340.0, height: 340.0 };

/// The two axes.
struct Axes {
    /// Of what is varied.
    x: Scale,
    /// Of time.
    y: Scale,
    /// What they enclose.
    plot: Area,
}

/// The drawing of `measured`.
pub(super) fn svg(measured: &Measured, paper: Paper) -> String {
    let axes = Axes::of(measured, paper);
    let Paper { width, height } = paper;
    let mut svg = format!(
        "<svg class=\"ch-chart\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
         width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n"
    );
    let (title, desc) = (escaped(&measured.title), escaped(&described(measured)));
    let _ = writeln!(svg, "<title>{title}</title>\n<desc>{desc}</desc>");
    svg += &axes.grid(&measured.x);
    let lines: Vec<_> =
        measured.series.iter().map(|it| (words(it), axes.spots(it))).collect();
    let names = places(&lines, Area { right: width, ..axes.plot });
    for (at, series) in measured.series.iter().enumerate() {
        let (words, spots) = &lines[at];
        let _ = writeln!(svg, "<g class=\"ch-line ch-{}\">", at % 4 + 1);
        svg += &path(spots);
        svg += &axes.intervals(series);
        svg.extend(spots.iter().map(|spot| mark(at, *spot)));
        svg += &name(words, names[at]);
        svg += "</g>\n";
    }
    svg + "</svg>\n"
}

/// Each line's beginning and end: for those who don't see them.
fn described(measured: &Measured) -> String {
    let line = |it: &Series| {
        let ends = [&it.points[0], &it.points[it.points.len() - 1]];
        let [first, last] =
            ends.map(|it| format!("{} at {}", time(it.median, 2), count(it.n)));
        format!("{}: {first}, {last}", it.name)
    };
    let lines: Vec<String> = measured.series.iter().map(line).collect();
    format!("Against {}. {}.", measured.x, lines.join("; "))
}

/// What stands beside a line.
pub(super) fn words(series: &Series) -> Vec<&str> {
    let ends = series.ends.as_deref();
    std::iter::once(series.name.as_str()).chain(ends).collect()
}

impl Axes {
    fn of(measured: &Measured, Paper { width, height }: Paper) -> Axes {
        let plot =
            Area { left: 52.0, top: 12.0, right: width - 64.0, bottom: height - 44.0 };
        let points = || measured.series.iter().flat_map(|it| &it.points);
        let x = Scale::new(points().map(|it| it.n), plot.left + 12.0, plot.right);
        let times = points().flat_map(|it| [it.low, it.high]);
        Axes { x, y: Scale::new(times, plot.bottom, plot.top), plot }
    }

    fn spots(&self, series: &Series) -> Vec<Spot> {
        series.points.iter().map(|it| (self.x.at(it.n), self.y.at(it.median))).collect()
    }

    /// A rule for each power of ten, its number, and what is varied.
    fn grid(&self, what: &str) -> String {
        let Area { left, right, bottom, .. } = self.plot;
        let mut grid = String::new();
        for tick in self.y.ticks() {
            let (y, text) = (self.y.at(tick), time(tick, 1));
            let _ = writeln!(
                grid,
                "<path class=\"ch-rule\" d=\"M{left:.0} {y:.1}H{right:.0}\"/>\n\
                 <text class=\"ch-y\" x=\"{:.0}\" y=\"{:.1}\">{text}</text>",
                left - 6.0,
                y + 4.0
            );
        }
        for tick in self.x.ticks() {
            let (x, y, text) = (self.x.at(tick), bottom + 18.0, count(tick));
            let _ = writeln!(
                grid,
                "<text class=\"ch-x\" x=\"{x:.1}\" y=\"{y:.0}\">{text}</text>"
            );
        }
        let (x, y, what) = (left.midpoint(right), bottom + 38.0, escaped(what));
        let _ = writeln!(
            grid,
            "<text class=\"ch-x\" x=\"{x:.1}\" y=\"{y:.0}\">{what}</text>"
        );
        grid
    }

    /// From the lower end of each interval to the upper, with feet.
    fn intervals(&self, series: &Series) -> String {
        let interval = |it: &crate::measured::Point| {
            let (x, low, high) = (self.x.at(it.n), self.y.at(it.low), self.y.at(it.high));
            let from = x - 4.0;
            format!(
                "<path class=\"ch-interval\" \
                 d=\"M{from:.1} {high:.1}h8m-4 0V{low:.1}m-4 0h8\"/>\n"
            )
        };
        series.points.iter().map(interval).collect()
    }
}

fn path(spots: &[Spot]) -> String {
    let to: Vec<String> = spots.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
    format!("<path class=\"ch-path\" d=\"M{}\"/>\n", to.join("L"))
}

/// A disc, a square, a triangle or a diamond.
fn mark(line: usize, (x, y): Spot) -> String {
    let shape = match line % 4 {
        0 => "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z",
        1 => "m-4 -4h8v8h-8z",
        2 => "m0 -5.5l5.5 9.5h-11z",
        _ => "m0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z",
    };
    format!("<path class=\"ch-mark\" d=\"M{x:.1} {y:.1}{shape}\"/>\n")
}

/// A line's words, its name first.
fn name(words: &[&str], area: Area) -> String {
    let (mut text, mut y) = (String::new(), area.top + 12.0);
    for (word, class) in words.iter().zip(["ch-name", "ch-ends"]) {
        let (x, word) = (area.left, escaped(word));
        let _ = writeln!(
            text,
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{word}</text>"
        );
        y += LINE;
    }
    text
}
