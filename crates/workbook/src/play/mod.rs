//! `play`: a recording, opened in the terminal and stepped through by key.
//!
//! Invariant: nothing is run while it is open. What is shown is the recording and what
//! follows from it (`trace::State`), and the sources as they are now.

mod ink;
mod keys;
mod parts;
mod player;
mod screen;
mod terminal;
#[cfg(test)]
mod tests;

use std::fs;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use bookbinder::{Programs, Workspace};
use crossterm::event::{self, Event, KeyEventKind};
use trace::Trace;

use crate::cli::PlayArgs;
use crate::failure::Failure;
use crate::{names, progress, run};
use keys::{Ask, Move};
use player::Player;
use terminal::Terminal;

/// How long an event is shown while the recording plays.
const PACE: Duration = Duration::from_millis(700);

/// Ended by Ctrl-C, as shells have it.
const INTERRUPTED: u8 = 130;

pub(crate) fn play(workspace: &Workspace, args: &PlayArgs) -> Result<ExitCode, Failure> {
    match (&args.file, &args.chapter) {
        (Some(file), _) => open(workspace, &read(file)?),
        (None, Some(chapter)) => play_of(workspace, chapter, args.scenario.as_deref()),
        (None, None) => Err(Failure::usage("nothing to play: name a chapter")),
    }
}

/// Opens what a scenario does on the virtual clock; without one, lists them.
fn play_of(
    workspace: &Workspace,
    chapter: &str,
    scenario: Option<&str>,
) -> Result<ExitCode, Failure> {
    let chapter = names::chapter(workspace, chapter)?;
    let line = format!("building {} ...", chapter.name);
    let programs = progress::during(line, || Programs::build_one(workspace, &chapter))?;
    let Some(scenario) = scenario else {
        return run::list(&programs, &chapter, "play");
    };
    names::scenario(&programs, &chapter, scenario)?;
    open(workspace, &programs.trace(&chapter.name, scenario)?)
}

fn open(workspace: &Workspace, trace: &Trace) -> Result<ExitCode, Failure> {
    if !io::stdout().is_terminal() {
        return Err(no_terminal(trace));
    }
    let mut player = Player::new(workspace, trace);
    let opened = watch(&mut player);
    opened.map_err(|cause| Failure::to_do("use", "the terminal", cause))
}

/// The recording in `file`; `-` is standard input.
fn read(file: &Path) -> Result<Trace, Failure> {
    let is_stdin = file == Path::new("-");
    let name = if is_stdin { "standard input".into() } else { file.to_string_lossy() };
    let text = match is_stdin {
        true => {
            let mut text = String::new();
            io::stdin().read_to_string(&mut text).map(|_| text)
        }
        false => fs::read_to_string(file),
    };
    let text = text.map_err(|cause| Failure::to_do("read", &name, cause))?;
    Trace::from_jsonl(&text).map_err(|cause| {
        Failure::failed(format!(
            "can't play {name}: {cause}; `cargo workbook run CHAPTER SCENARIO --trace \
             jsonl` writes what can be played"
        ))
    })
}

fn no_terminal(trace: &Trace) -> Failure {
    let header = &trace.header;
    Failure::failed(format!(
        "can't play: standard output is not a terminal; `cargo workbook run {} {}` prints \
         the same events",
        header.program, header.scenario
    ))
}

/// Shows the recording until the reader leaves.
fn watch(player: &mut Player<'_>) -> io::Result<ExitCode> {
    let terminal = Terminal::open(has_styles())?;
    loop {
        let (width, height) = crossterm::terminal::size()?;
        terminal.show(&screen::draw(player, width.into(), height.into()))?;
        match next(player.is_playing)? {
            Some(Ask::Go(to)) => {
                player.is_playing = false;
                player.go(to);
            }
            Some(Ask::GoOn) => player.go(Move::Next),
            Some(Ask::Play) => player.play_or_pause(),
            Some(Ask::Quit) => return Ok(ExitCode::SUCCESS),
            Some(Ask::Interrupt) => return Ok(ExitCode::from(INTERRUPTED)),
            None => {}
        }
    }
}

/// What comes next: a key, the pace of playing, or nothing but another size.
fn next(is_playing: bool) -> io::Result<Option<Ask>> {
    if is_playing && !event::poll(PACE)? {
        return Ok(Some(Ask::GoOn));
    }
    Ok(match event::read()? {
        Event::Key(key) if key.kind != KeyEventKind::Release => keys::asked(key),
        _ => None,
    })
}

/// Styles are for whoever hasn't declined colours.
fn has_styles() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}
