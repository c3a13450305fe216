//! Logarithmic axes, and how their numbers are written.
//!
//! Invariant: an axis begins and ends at a power of ten, and is at least one power long.

use std::iter::successors;

/// A logarithmic axis on paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    /// Exponent of ten at its beginning.
    low: f64,
    /// Exponent of ten at its end.
    high: f64,
    /// Where it begins, in pixels.
    from: f64,
    /// Where it ends.
    to: f64,
}

impl Scale {
    /// An axis for `values`, from one place to another.
    pub(super) fn new(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Scale {
        let (least, most) = values.fold((f64::INFINITY, 0.0_f64), |(least, most), it| {
            (least.min(it), most.max(it))
        });
        let low = least.log10().floor();
        let high = most.log10().ceil().max(low + 1.0);
        Scale { low, high, from, to }
    }

    /// Where `value` stands.
    pub(super) fn at(self, value: f64) -> f64 {
        let part = (value.log10() - self.low) / (self.high - self.low);
        self.from + part * (self.to - self.from)
    }

    /// The powers of ten on it.
    pub(super) fn ticks(self) -> impl Iterator<Item = f64> {
        let next = move |it: &f64| (*it < self.high).then_some(*it + 1.0);
        successors(Some(self.low), next).map(|exponent| 10_f64.powf(exponent))
    }
}

/// Nanoseconds with so many digits that matter, in the unit that makes them fewest:
/// `860 ns`, `1.2 µs`.
pub(crate) fn time(ns: f64, digits: u32) -> String {
    let ns = rounded(ns, digits);
    let units = [(1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1.0, "ns")];
    let (length, unit) =
        units.into_iter().find(|(it, _)| ns >= *it).unwrap_or((1.0, "ns"));
    format!("{} {unit}", plain(ns / length, digits))
}

/// How many times as much, with two digits that matter: `1.0`, `170`.
pub(crate) fn ratio(a: f64, b: f64) -> String {
    let ratio = rounded(a / b, 2);
    if ratio < 10.0 { format!("{ratio:.1}") } else { count(ratio) }
}

/// A whole number, in groups of three: `10,000`.
pub(crate) fn count(n: f64) -> String {
    let digits = format!("{n:.0}");
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups: Vec<_> = groups.map(String::from_utf8_lossy).collect();
    groups.join(",")
}

/// `value` to so many digits that matter.
fn rounded(value: f64, digits: u32) -> f64 {
    let step = 10_f64.powf(value.log10().floor() + 1.0 - f64::from(digits));
    (value / step).round() * step
}

/// Without the zeros behind the point; `value` is at least 1 or has few digits.
fn plain(value: f64, digits: u32) -> String {
    let places = f64::from(digits) - 1.0 - value.log10().floor();
    let text = match places {
        ..0.5 => format!("{value:.0}"),
        ..1.5 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    };
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}
