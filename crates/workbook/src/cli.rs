//! The command line, as clap reads it and as `--help` shows it.
//!
//! Invariant: nothing is decided here. Chapters and scenarios stay text: what they name
//! is looked up on disk, so that an error can say what there is.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "workbook",
    bin_name = "cargo workbook",
    about = "Unrolled: run, compare and read the chapters.",
    long_about = "Unrolled: run, compare and read the chapters. Without a command it \
                  lists them.",
    after_help = "Examples:\n  \
                  cargo workbook                        the chapters, and what to do next\n  \
                  cargo workbook read                   the book, in your browser\n  \
                  cargo workbook run ch02-sleep sleepy  one scenario\n  \
                  cargo workbook play 2 waiter          another, event by event\n  \
                  cargo workbook diff 1 2               what chapter 2 changes",
    max_term_width = 90
)]
pub(crate) struct Cli {
    /// What to do; none: list the chapters.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build the book.
    Build(BuildArgs),
    /// Build the book, serve it to this machine, and open it in a browser.
    Read(ReadArgs),
    /// Run a scenario of a chapter, or list them.
    Run(RunArgs),
    /// Step through what a scenario does: who runs, who waits, which line acted.
    Play(PlayArgs),
    /// Show what a chapter does differently from another, in code or in a trace.
    Diff(DiffArgs),
    /// Carry a fix made in an early stage forward into the later ones.
    #[command(long_about = PROPAGATE)]
    Propagate(PropagateArgs),
    /// Check this machine for what the workbook needs.
    #[command(after_help = "Exit code: 1 if something that is needed is missing.")]
    Doctor,
}

const PROPAGATE: &str = "Carry a fix made in an early stage forward into the later ones.

Each stage (chapters 1 to 6) is a copy of the one before, with additions. Every file \
under a stage's src/ that changed since REV is merged into the next stage's file of the \
same name: the change from its text at REV to its text now is made there too. What that \
changes is carried on to the stage after, and so on. It stops at the first stage in which \
something conflicts, without touching the files that do; nothing is committed.";

/// `build`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
                        cargo workbook build\n  \
                        cargo workbook build --out /tmp/book")]
pub(crate) struct BuildArgs {
    /// Where to put the book [default: target/book in the workspace]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// `read`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
                        cargo workbook read\n  \
                        cargo workbook read --no-open          only say where it is\n  \
                        cargo workbook read --port 0           on any port that is free\n  \
                        cargo workbook read --pdf              as a PDF, on paper too\n  \
                        cargo workbook read --pdf --out a.pdf  and where to\n\n\
                        The book is served by the runtime that it builds, until Ctrl-C. \
                        Without a server: `cargo workbook build`, and open the file that \
                        it names. A PDF is printed by Chromium, Chrome, Edge or Brave.")]
pub(crate) struct ReadArgs {
    /// Say where the book is, and don't open it
    #[arg(long)]
    pub(crate) no_open: bool,
    /// Where to listen [default: 7007, or any that is free]
    #[arg(long, value_name = "N", conflicts_with = "pdf")]
    pub(crate) port: Option<u16>,
    /// How many connections to serve at once
    #[arg(long, value_name = "N", default_value_t = 512, conflicts_with = "pdf")]
    pub(crate) connections: usize,
    /// Make one PDF of it, with the answers
    #[arg(long)]
    pub(crate) pdf: bool,
    /// Where to put the PDF [default: target/book.pdf in the workspace]
    #[arg(long, value_name = "FILE", requires = "pdf")]
    pub(crate) out: Option<PathBuf>,
}

/// `run`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
          cargo workbook run ch02-sleep                           its scenarios\n  \
          cargo workbook run ch02-sleep sleepy                    one of them\n  \
          cargo workbook run 2 sleepy --real                      on the real clock\n  \
          cargo workbook run sleep sleepy --trace svg > sleepy.svg\n\n\
          The exit code is the program's own.")]
pub(crate) struct RunArgs {
    /// A chapter: `ch02-sleep`, `ch02`, `2` or `sleep`
    pub(crate) chapter: String,
    /// One of its scenarios; without one they are listed
    pub(crate) scenario: Option<String>,
    /// Run on the machine's clock, and wait: by default time is virtual and jumps
    #[arg(long)]
    pub(crate) real: bool,
    /// How what happened is shown
    #[arg(long, value_enum, default_value_t = Form::Text, value_name = "FORM")]
    pub(crate) trace: Form,
}

/// `play`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
          cargo workbook play ch02-sleep waiter    a recording, event by event\n  \
          cargo workbook play 6                    what there is to play\n  \
          cargo workbook play --file trace.jsonl   a recording that was kept\n  \
          cargo run -p ch02-sleep -- waiter --trace jsonl | cargo workbook play --file -\n\n\
          Keys:\n  \
          right left      next event, event before (also down up, n b, l h, j k)\n  \
          home end        first event, last event (also g G)\n  \
          space           play, pause (also p)\n  \
          t T             next event of the same task, the one before\n  \
          ] [             next turn, turn before (also page down, page up)\n  \
          q               quit (also Escape)")]
pub(crate) struct PlayArgs {
    /// A chapter: `ch02-sleep`, `ch02`, `2` or `sleep`
    #[arg(required_unless_present = "file")]
    pub(crate) chapter: Option<String>,
    /// One of its scenarios; without one they are listed
    pub(crate) scenario: Option<String>,
    /// Play this recording (JSON Lines); `-` reads standard input
    #[arg(long, value_name = "FILE", conflicts_with = "chapter")]
    pub(crate) file: Option<PathBuf>,
}

/// A rendering of what happened, by the name that chapters' programs know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// A table, one line per event
    Text,
    /// Only what the program printed
    Output,
    /// One JSON object per line, for other programs
    Jsonl,
    /// A picture
    Svg,
    /// A file for ui.perfetto.dev
    Perfetto,
}

impl Form {
    /// The name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Form::Text => "text",
            Form::Output => "output",
            Form::Jsonl => "jsonl",
            Form::Svg => "svg",
            Form::Perfetto => "perfetto",
        }
    }
}

/// `diff`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
                        cargo workbook diff ch01 ch02            the code\n  \
                        cargo workbook diff 2 3 sleepy           what happens in `sleepy`\n  \
                        cargo workbook diff 5 missed-wake woken  two scenarios of a chapter\n  \
                        cargo workbook diff 2 3 > 2-3.diff\n\n\
                        Pages like git: $GIT_PAGER, else $PAGER, else `less -FRX`.")]
pub(crate) struct DiffArgs {
    /// The earlier chapter, or the one chapter of two scenarios
    pub(crate) a: String,
    /// The later chapter, or the first of two scenarios
    pub(crate) b: String,
    /// Compare what happens in this scenario instead of the code; the second of two
    pub(crate) scenario: Option<String>,
    /// Write straight to the terminal
    #[arg(long)]
    pub(crate) no_pager: bool,
}

/// `propagate`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
          cargo workbook propagate --dry-run        what would be merged where\n  \
          cargo workbook propagate                  carry uncommitted changes forward\n  \
          cargo workbook propagate ch03             only from stage 3 on\n  \
          cargo workbook propagate 2 --from main~1  carry what changed since then")]
pub(crate) struct PropagateArgs {
    /// The stage to start from [default: the first that changed]
    pub(crate) chapter: Option<String>,
    /// The revision that changes are counted from
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    pub(crate) from: String,
    /// Say what would happen, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}
