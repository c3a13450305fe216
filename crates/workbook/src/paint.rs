//! Colours for a trace's table and for a diff. They add nothing that the text doesn't
//! say: a reader without them misses none of it.

use anstyle::{AnsiColor, Effects, Style};

const DIM: Style = Style::new().effects(Effects::DIMMED);
const MUTED: Style = AnsiColor::BrightBlack.on_default();
const BOLD: Style = Style::new().effects(Effects::BOLD);
const ADDED: Style = AnsiColor::Green.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();
const PLACE: Style = AnsiColor::Cyan.on_default();

/// A table of events that is being read: where its columns begin.
#[derive(Debug)]
pub(crate) struct Table {
    /// Where the column `who` begins, in bytes. Left of it are times and turns.
    who: usize,
}

impl Default for Table {
    /// As in a live trace, which has no line of headings.
    fn default() -> Self {
        Table { who: 20 }
    }
}

impl Table {
    /// The line with colours: times dim, the loop's events muted, what is printed bold.
    pub(crate) fn paint(&mut self, line: &str) -> String {
        if line.trim_end().ends_with(" what") && line.contains("who ") {
            self.who = line.find("who ").unwrap_or(self.who);
            return in_style(DIM, line);
        }
        let columns = line.split_at_checked(self.who);
        let Some((times, event)) =
            columns.filter(|(times, _)| times.is_empty() || times.ends_with("  "))
        else {
            return line.to_owned();
        };
        let (who, what) = event.split_once("  ").unwrap_or((event, ""));
        let event = match () {
            () if who == "loop" => in_style(MUTED, event),
            () if what.trim_start().starts_with("prints: ") => in_style(BOLD, event),
            () => event.to_owned(),
        };
        in_style(DIM, times) + &event
    }
}

/// A unified diff with colours.
pub(crate) fn diff(text: &str) -> String {
    text.lines().map(|line| diff_line(line) + "\n").collect()
}

fn diff_line(line: &str) -> String {
    let style = match line.as_bytes() {
        [b'-', b'-', b'-', b' ', ..] | [b'+', b'+', b'+', b' ', ..] => BOLD,
        [b'@', b'@', ..] => PLACE,
        [b'+', ..] => ADDED,
        [b'-', ..] => REMOVED,
        _ => return line.to_owned(),
    };
    in_style(style, line)
}

fn in_style(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], last: &str) {
        let mut table = Table::default();
        let mut painted = String::new();
        for line in lines {
            painted = table.paint(line);
        }
        assert_eq!(painted, last);
    }

    #[test]
    fn headings_say_where_the_columns_are() {
        check(
            &[" time  turn  who       what", "50 ms    12  sleepy-1  prints: step 1"],
            "\u{1b}[2m50 ms    12  \u{1b}[0m\u{1b}[1msleepy-1  prints: step 1\u{1b}[0m",
        );
    }

    #[test]
    fn a_live_trace_has_the_columns_of_its_own() {
        check(
            &["       50 ms     3  loop          waits 50 ms (2 timers)"],
            "\u{1b}[2m       50 ms     3  \u{1b}[0m\u{1b}[90mloop          waits 50 ms (2 \
             timers)\u{1b}[0m",
        );
    }

    #[test]
    fn a_line_that_is_no_event_stays_as_it_is() {
        check(&["hello"], "hello");
        check(&["äöüäöüäöüäöüä"], "äöüäöüäöüäöüä");
    }
}
