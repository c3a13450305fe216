//! The whole screen: which part stands where.
//!
//! Invariant: `draw` gives as many lines as the terminal is high, none wider than it, and
//! depends on nothing but what it is given. The parts stay where they are from event to
//! event: their room depends on the recording and the terminal alone.

use super::ink::{Ink, Line, columns};
use super::keys::HELP;
use super::parts::{self, QUEUES};
use super::player::Player;

/// Below this nothing can be made out.
const SMALLEST: (usize, usize) = (40, 16);

/// From here on, tasks stand beside queues.
const TWO_COLUMNS: usize = 72;

/// From here on, they stand beside the events.
const WIDE: usize = 110;

/// The screen at `player`'s event.
pub(crate) fn draw(player: &Player<'_>, width: usize, height: usize) -> Vec<Line> {
    if width < SMALLEST.0 || height < SMALLEST.1 {
        return too_small(width, height);
    }
    let room = height - 2;
    let body = match width {
        WIDE.. => wide(player, width, room),
        TWO_COLUMNS.. => medium(player, width, room),
        _ => narrow(player, width, room),
    };
    let mut lines = vec![title(player)];
    lines.extend(body);
    lines.resize(height - 1, Line::default());
    lines.push(help(width));
    lines.into_iter().map(|line| line.fit(width)).collect()
}

fn too_small(width: usize, height: usize) -> Vec<Line> {
    let (least_width, least_height) = SMALLEST;
    let text = format!("{width}x{height} is too small: {least_width}x{least_height}");
    let text = [text, "make the terminal larger,".into(), "or quit with q".into()];
    let mut lines: Vec<_> = text.iter().map(|it| Line::new(Ink::Plain, it)).collect();
    lines.resize(height, Line::default());
    lines.into_iter().map(|line| line.fit(width)).collect()
}

/// What is looked at, and where in it.
fn title(player: &Player<'_>) -> Line {
    let header = &player.trace.header;
    let name = format!("{} {}", header.program, header.scenario);
    let count = format!("  {} of {}", player.at, player.trace.events.len());
    let mut line = Line::new(Ink::Bold, &name).and(Ink::Plain, &count);
    if let Some(event) = player.event() {
        let time = &player.told[player.at - 1].time;
        let turn = format!("turn {}", event.turn);
        let facts = [Some(time.clone()), (event.turn > 0).then_some(turn)];
        for fact in facts.into_iter().flatten().filter(|fact| !fact.is_empty()) {
            line = line.and(Ink::Plain, &format!("  {fact}"));
        }
    }
    let clock = if header.virtual_time { "" } else { "  real clock" };
    let playing = if player.is_playing { "  playing" } else { "" };
    line.and(Ink::Plain, clock).and(Ink::Bold, playing)
}

/// As many of the keys as there is room for.
fn help(width: usize) -> Line {
    let mut line = Line::default();
    for (key, what) in HELP {
        let longer =
            line.clone().and(Ink::Bold, key).and(Ink::Dim, &format!(" {what}   "));
        if longer.width() <= width + 3 {
            line = longer;
        }
    }
    line
}

/// Events beside tasks and queues; code below.
fn wide(player: &Player<'_>, width: usize, height: usize) -> Vec<Line> {
    let code_height = (height * 2 / 5).max(6);
    let top = height - code_height;
    let left_width = width * 11 / 20;
    let right_width = width - left_width - 2;
    let tasks = player.tasks.len().min(top - QUEUES - 2);
    let mut right = section("tasks", parts::tasks(player, tasks), right_width, tasks + 1);
    let queues_height = top - tasks - 1;
    right.extend(queues(player, right_width, queues_height));
    let mut lines = columns(parts::events(player, top), right, left_width);
    lines.resize(top, Line::default());
    lines.extend(parts::code(player, width, code_height));
    lines
}

/// Events; tasks beside queues; code.
fn medium(player: &Player<'_>, width: usize, height: usize) -> Vec<Line> {
    let state_height = (player.tasks.len() + 1).min(height / 3).max(QUEUES + 1);
    let code_height = height / 3;
    let events_height = height - state_height - code_height;
    let left_width = parts::widest_task(player).clamp(width * 2 / 5, width * 11 / 20);
    let right_width = width - 2 - left_width;
    let tasks = parts::tasks(player, state_height - 1);
    let tasks = section("tasks", tasks, left_width, state_height);
    let queues = queues(player, right_width, state_height);
    let mut lines = parts::events(player, events_height);
    lines.resize(events_height, Line::default());
    lines.extend(columns(tasks, queues, left_width));
    lines.extend(parts::code(player, width, code_height));
    lines
}

/// Events, tasks, queues and code, one below the other.
fn narrow(player: &Player<'_>, width: usize, height: usize) -> Vec<Line> {
    let code_height = height / 4;
    let tasks_height = player.tasks.len().min((height - QUEUES - 1) / 4) + 1;
    let queues_height = QUEUES + 1;
    let events_height = height - code_height - tasks_height - queues_height;
    let tasks = parts::tasks(player, tasks_height - 1);
    let mut lines = parts::events(player, events_height);
    lines.resize(events_height, Line::default());
    lines.extend(section("tasks", tasks, width, tasks_height));
    lines.extend(queues(player, width, queues_height));
    lines.extend(parts::code(player, width, code_height));
    lines
}

fn queues(player: &Player<'_>, width: usize, height: usize) -> Vec<Line> {
    let queues = parts::queues(player, width, height - 1);
    section("queues", queues, width, height)
}

/// `lines` under a rule, `height` lines in all.
fn section(name: &str, lines: Vec<Line>, width: usize, height: usize) -> Vec<Line> {
    let rule = std::iter::once(Line::rule(name, width));
    let mut all: Vec<Line> = rule.chain(lines).collect();
    all.resize(height, Line::default());
    all
}
