//! Times for people: one unit for a whole trace, the coarsest in which all its times
//! are whole numbers.

use crate::{Event, On, Trace, What};

/// Nanoseconds in a millisecond.
const MS: u64 = 1_000_000;

/// What a trace's times are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Length in nanoseconds.
    ns: u64,
    /// As it is written behind the number.
    name: &'static str,
}

/// From the coarsest; the last is written with decimals where it must be.
const UNITS: [Unit; 4] = [
    Unit { ns: 3_600_000 * MS, name: "h" },
    Unit { ns: 60_000 * MS, name: "min" },
    Unit { ns: 1_000 * MS, name: "s" },
    Unit { ns: MS, name: "ms" },
];

impl Unit {
    /// Milliseconds: for lines that are written before the whole trace is known.
    pub(crate) const MS: Unit = UNITS[3];

    /// The coarsest unit in which every time of `trace` is a whole number.
    pub(crate) fn of(trace: &Trace) -> Unit {
        let times: Vec<u64> = trace.events.iter().flat_map(times).collect();
        let whole = |unit: &&Unit| times.iter().all(|t| t % unit.ns == 0);
        let moves = times.iter().any(|t| *t > 0);
        UNITS.iter().find(whole).copied().filter(|_| moves).unwrap_or(Self::MS)
    }

    /// `ns` in this unit, at most three decimals: `50 ms`, `0.25 ms`.
    pub(crate) fn show(self, ns: u64) -> String {
        let thousandths = u128::from(ns) * 1000 / u128::from(self.ns);
        let (whole, rest) = (thousandths / 1000, thousandths % 1000);
        let decimals = format!("{rest:03}");
        match decimals.trim_end_matches('0') {
            "" => format!("{whole} {}", self.name),
            decimals => format!("{whole}.{decimals} {}", self.name),
        }
    }
}

/// The times that an event shows.
fn times(event: &Event) -> Vec<u64> {
    let own = match &event.what {
        What::Suspended { on: On::Timer { until_ns } } => Some(*until_ns),
        What::Waiting { timeout_ns, .. } => *timeout_ns,
        _ => None,
    };
    [Some(event.t_ns), own].into_iter().flatten().collect()
}
