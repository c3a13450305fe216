//! `run`: a chapter's program with the reader's own terminal.
//!
//! Invariant: what the program writes arrives as it is written, byte for byte, or with
//! colours added where standard output takes them; the exit code is the program's.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::process::{Command, ExitCode, ExitStatus, Stdio};

use anstream::{AutoStream, ColorChoice};
use anstyle::Style;
use bookbinder::{Chapter, Programs, Workspace};

use crate::cli::{Form, RunArgs};
use crate::failure::Failure;
use crate::paint::Table;
use crate::{names, out, progress};

pub(crate) fn run(workspace: &Workspace, args: &RunArgs) -> Result<ExitCode, Failure> {
    let chapter = names::chapter(workspace, &args.chapter)?;
    let line = format!("building {} ...", chapter.name);
    let programs = progress::during(line, || Programs::build_one(workspace, &chapter))?;
    let Some(scenario) = &args.scenario else {
        return list(&programs, &chapter, "run");
    };
    names::scenario(&programs, &chapter, scenario)?;
    let mut command = Command::new(programs.executable(&chapter.name)?);
    command.current_dir(workspace.root());
    command.args([scenario, "--trace", args.trace.name()]);
    command.args(args.real.then_some("--real"));
    play(command, args.trace)
}

/// The scenarios of a chapter, and how to `verb` one.
pub(crate) fn list(
    programs: &Programs,
    chapter: &Chapter,
    verb: &str,
) -> Result<ExitCode, Failure> {
    let scenarios = programs.scenarios(&chapter.name)?;
    let Some((first, _)) = scenarios.first() else {
        return out::print(&format!("{} has no scenarios yet\n", chapter.name));
    };
    let width = scenarios.iter().map(|(name, _)| name.len()).max();
    let width = width.unwrap_or(0);
    let bold = Style::new().bold();
    let mut text = format!("{}: {}\n\n", chapter.name, chapter.about);
    for (name, about) in &scenarios {
        let _ = writeln!(text, "  {bold}{name:width$}{bold:#}  {about}");
    }
    let _ =
        writeln!(text, "\n{verb} one: cargo workbook {verb} {} {first}", chapter.name);
    out::print(&text)
}

fn play(mut command: Command, form: Form) -> Result<ExitCode, Failure> {
    let choice = AutoStream::choice(&std::io::stdout());
    let is_painted = form == Form::Text && choice != ColorChoice::Never;
    if is_painted {
        command.stdout(Stdio::piped());
    }
    let program = command.get_program().display().to_string();
    let cannot = |cause| Failure::to_do("run", &program, cause);
    let mut child = command.spawn().map_err(cannot)?;
    // Dropping the pipe's end, when our own reader is gone, ends the program too.
    let shown = child.stdout.take().map_or(Ok(()), paint);
    let status = child.wait().map_err(cannot)?;
    shown.map(|()| code(status))
}

/// Passes a table of text on, line by line, in colours.
fn paint(stream: impl Read) -> Result<(), Failure> {
    let mut stdout = anstream::stdout().lock();
    let mut table = Table::default();
    for line in BufReader::new(stream).split(b'\n') {
        let line = line.map_err(|e| Failure::to_do("read", "what it prints", e))?;
        let line = table.paint(&String::from_utf8_lossy(&line));
        let written = writeln!(stdout, "{line}").and_then(|()| stdout.flush());
        if !out::unless_closed(written)? {
            break;
        }
    }
    Ok(())
}

/// The program's code, or 128 and the signal, as shells have it.
fn code(status: ExitStatus) -> ExitCode {
    use std::os::unix::process::ExitStatusExt as _;
    let signal = status.signal().map(|signal| 128 + signal);
    let code = status.code().or(signal).unwrap_or(1);
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}
