//! The command line that every chapter's program has: list the scenarios, run one, show
//! its trace. Pages, tests and `cargo workbook` observe chapters through it alone.

use std::io::Write as _;
use std::process::ExitCode;

use lexopt::prelude::*;

use crate::{Clock, Event, Header, Observer, Trace};

/// A small program that shows one thing.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// What it is asked for by.
    pub name: &'static str,
    /// One line: what it shows.
    pub about: &'static str,
    /// The program.
    pub run: fn(&Setting),
}

/// What a scenario runs in.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The clock to ask.
    pub clock: Clock,
    /// The observer to give to the loop.
    pub observer: Observer,
}

/// What was asked for on the command line.
#[derive(Debug)]
struct Request {
    /// None: list what there is.
    scenario: Option<String>,
    /// Say what can be asked for, whatever else is.
    help: bool,
    /// One line per scenario, name and sentence parted by a tab: for other programs.
    list: bool,
    /// On the machine's clock instead of the virtual one.
    real: bool,
    /// How the trace is shown.
    form: Form,
    /// How often it is run.
    times: u32,
}

/// The four renderings, and the bare output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Text,
    Output,
    Jsonl,
    Svg,
    Perfetto,
}

const FORMS: [(&str, Form); 5] = [
    ("text", Form::Text),
    ("output", Form::Output),
    ("jsonl", Form::Jsonl),
    ("svg", Form::Svg),
    ("perfetto", Form::Perfetto),
];

/// The `main` of a chapter: runs the scenario that the command line names, and prints
/// its trace. Without a name it lists `scenarios`. Exit code 2: it was asked for
/// something that isn't there.
#[must_use]
pub fn main(program: &str, scenarios: &[Scenario]) -> ExitCode {
    match request().and_then(|request| answer(program, scenarios, &request)) {
        Ok(text) => print(&text),
        Err(problem) => {
            eprintln!("{program}: {problem}");
            ExitCode::from(2)
        }
    }
}

fn request() -> Result<Request, String> {
    let mut request = Request {
        scenario: None,
        help: false,
        list: false,
        real: false,
        form: Form::Text,
        times: 1,
    };
    let mut args = lexopt::Parser::from_env();
    while let Some(arg) = args.next().map_err(|e| e.to_string())? {
        match arg {
            Long("list") => request.list = true,
            Long("real") => request.real = true,
            Long("trace") => request.form = form(&mut args)?,
            Long("times") => request.times = times(&mut args)?,
            Short('h') | Long("help") => request.help = true,
            Value(name) if request.scenario.is_none() => {
                request.scenario = Some(name.to_string_lossy().into_owned());
            }
            other => return Err(format!("{}\n{USAGE}", other.unexpected())),
        }
    }
    Ok(request)
}

fn form(args: &mut lexopt::Parser) -> Result<Form, String> {
    let name = args.value().map_err(|e| e.to_string())?.to_string_lossy().into_owned();
    let found = FORMS.iter().find(|(form, _)| *form == name);
    let names: Vec<&str> = FORMS.iter().map(|(form, _)| *form).collect();
    let problem =
        || format!("no trace is called {name:?}; there are {}", names.join(", "));
    found.map(|(_, form)| *form).ok_or_else(problem)
}

fn times(args: &mut lexopt::Parser) -> Result<u32, String> {
    let times = args.value().and_then(|value| value.parse());
    times.map_err(|error| format!("--times: {error}"))
}

const USAGE: &str = "\
options:
  --real        on the machine's clock, line by line as it happens
  --trace FORM  text (unless you say otherwise), output, jsonl, svg or perfetto
  --times N     run it so often, and fail unless each run is like the first
  --list        the scenarios, for other programs";

fn answer(program: &str, all: &[Scenario], request: &Request) -> Result<String, String> {
    if request.list {
        return Ok(all
            .iter()
            .map(|one| format!("{}\t{}\n", one.name, one.about))
            .collect());
    }
    let name = match &request.scenario {
        Some(name) if !request.help => name,
        None if request.form != Form::Text => {
            return Err(format!("a trace of what?\n{USAGE}"));
        }
        _ => return Ok(format!("{}\n{USAGE}\n", list(program, all))),
    };
    let problem =
        || format!("no scenario is called {name:?}; {}", list(program, all).trim_end());
    let scenario = all.iter().find(|one| one.name == name).ok_or_else(problem)?;
    let first = play(program, scenario, request);
    for n in 2..=request.times {
        if play(program, scenario, request) != first {
            return Err(format!(
                "{name}: run {n} of {} was not like the first",
                request.times
            ));
        }
    }
    Ok(first)
}

fn list(program: &str, scenarios: &[Scenario]) -> String {
    let width = scenarios.iter().map(|one| one.name.len()).max().unwrap_or(0);
    let lines =
        scenarios.iter().map(|one| format!("  {:width$}  {}\n", one.name, one.about));
    let lines: String = lines.collect();
    format!("scenarios of {program}:\n{lines}run one: cargo run -p {program} -- NAME\n")
}

/// Runs `scenario` and renders what happened. Text on the real clock is shown as it
/// happens; every other rendering needs the whole trace.
fn play(program: &str, scenario: &Scenario, request: &Request) -> String {
    let clock = if request.real { Clock::real_time() } else { Clock::virtual_time() };
    let is_live = request.real && request.form == Form::Text;
    let observer = if is_live {
        Observer::live(clock.clone(), show)
    } else {
        Observer::recording(clock.clone())
    };
    let setting = Setting { clock, observer };
    setting.observer.around("main", || (scenario.run)(&setting));
    let header = Header {
        program: program.to_owned(),
        scenario: scenario.name.to_owned(),
        virtual_time: !request.real,
    };
    let trace = Trace { header, events: setting.observer.events() };
    if is_live { String::new() } else { render(&trace, request.form) }
}

fn show(event: &Event) {
    if std::io::stdout().lock().write_all(event.to_line().as_bytes()).is_err() {
        std::process::exit(0); // nobody reads on: `| head`
    }
}

fn render(trace: &Trace, form: Form) -> String {
    match form {
        Form::Text => trace.to_text(),
        Form::Output => trace.to_output(),
        Form::Jsonl => trace.to_jsonl(),
        Form::Svg => trace.to_svg(),
        Form::Perfetto => trace.to_perfetto(),
    }
}

/// A reader may close the pipe early (`| head`): that is no failure of the program.
fn print(text: &str) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            eprintln!("can't write to standard output: {e}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}
