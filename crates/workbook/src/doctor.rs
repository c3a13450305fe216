//! `doctor`: what this machine has of what the workbook needs, and how to get the rest.
//!
//! Invariant: it only looks. Nothing is installed, and nothing outside the workspace read.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anstyle::{AnsiColor, Style};
use bookbinder::Workspace;

use crate::failure::Failure;
use crate::out;
use crate::pager::on_path;

/// Room that a build of everything takes, in MiB, with some to spare.
const ROOM: u64 = 2048;

/// What starts a browser on Linux, in the order in which it is tried.
const BROWSERS: [&str; 5] = ["xdg-open", "gio", "gnome-open", "kde-open", "wslview"];

/// One thing that was looked for.
struct Check {
    /// What it is called.
    name: &'static str,
    /// Whether the workbook is of no use without it.
    is_needed: bool,
    /// What was found, or what to do about it.
    found: Result<String, String>,
}

pub(crate) fn doctor(workspace: &Workspace) -> Result<ExitCode, Failure> {
    let checks = checks(workspace.root());
    let lines: String = checks.iter().map(Check::line).collect();
    out::print(&lines)?;
    let is_ill = checks.iter().any(|check| check.is_needed && check.found.is_err());
    match is_ill {
        true => {
            out::say("something that is needed is missing: see above");
            Ok(ExitCode::FAILURE)
        }
        false => out::print("all that is needed is there: `cargo workbook` goes on\n"),
    }
}

fn checks(root: &Path) -> Vec<Check> {
    let needed = |name, found| Check { name, is_needed: true, found };
    let optional = |name, found| Check { name, is_needed: false, found };
    vec![
        needed("toolchain", toolchain(root)),
        needed("platform", platform(std::env::consts::OS)),
        needed("git", version(root, "git", "install git")),
        optional(
            "rustfmt",
            version(root, "rustfmt", "to change code: rustup component add rustfmt"),
        ),
        optional(
            "clippy",
            version(root, "cargo-clippy", "to change code: rustup component add clippy"),
        ),
        optional(
            "python",
            version(root, "python3", "Python 3.11 or later, to ask CPython again"),
        ),
        optional("cargo-insta", insta()),
        optional("browser", browser()),
        optional("disk", disk(root)),
    ]
}

impl Check {
    fn line(&self) -> String {
        let (word, color) = match (&self.found, self.is_needed) {
            (Ok(_), _) => ("ok", AnsiColor::Green),
            (Err(_), true) => ("missing", AnsiColor::Red),
            (Err(_), false) => ("optional", AnsiColor::Yellow),
        };
        let (Ok(text) | Err(text)) = &self.found;
        let style: Style = color.on_default();
        format!("{style}{word:8}{style:#}  {:11}  {text}\n", self.name)
    }
}

/// The compiler that runs here, against the one that `rust-toolchain.toml` pins.
fn toolchain(root: &Path) -> Result<String, String> {
    let pinned = pinned(root).ok_or("rust-toolchain.toml names no `channel`")?;
    let install = format!("install it: `rustup toolchain install {pinned}`");
    let found = first_line(root, "rustc").ok_or(format!("no rustc: {install}"))?;
    let number = found.split_whitespace().nth(1).unwrap_or_default();
    match parts(number).cmp(&parts(&pinned)) {
        std::cmp::Ordering::Less => {
            Err(format!("{found} is older than {pinned}: {install}"))
        }
        std::cmp::Ordering::Equal => Ok(format!("{found}, as pinned")),
        std::cmp::Ordering::Greater => {
            Ok(format!("{found}, newer than the pinned {pinned}"))
        }
    }
}

fn pinned(root: &Path) -> Option<String> {
    let text = fs::read_to_string(root.join("rust-toolchain.toml")).ok()?;
    let table: toml::Table = text.parse().ok()?;
    let channel = table.get("toolchain")?.get("channel")?.as_str()?;
    Some(channel.to_owned())
}

/// `[1, 95, 0]` of `1.95.0-nightly`.
fn parts(version: &str) -> Vec<u32> {
    let numbers = version.split('-').next().unwrap_or_default().split('.');
    numbers.filter_map(|part| part.parse().ok()).collect()
}

fn platform(os: &str) -> Result<String, String> {
    match os {
        "linux" => Ok("Linux".to_owned()),
        "macos" => Ok("macOS".to_owned()),
        "windows" => Err("Windows: work in WSL (`wsl --install`, then there)".to_owned()),
        other => Ok(format!("{other}: not tried by anybody; Linux and macOS are")),
    }
}

fn version(root: &Path, program: &str, what_to_do: &str) -> Result<String, String> {
    first_line(root, program).ok_or_else(|| what_to_do.to_owned())
}

/// What `PROGRAM --version` says, if it is there and works: a proxy of rustup's is there
/// even when its component isn't.
fn first_line(root: &Path, program: &str) -> Option<String> {
    let mut command = Command::new(program);
    let output = command.arg("--version").current_dir(root).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.lines().next().filter(|_| output.status.success()).map(str::to_owned)
}

fn insta() -> Result<String, String> {
    let found = on_path("cargo-insta").map(|path| path.display().to_string());
    found.ok_or_else(|| {
        "to review changed snapshots one by one: `cargo install cargo-insta`".to_owned()
    })
}

fn browser() -> Result<String, String> {
    if cfg!(target_os = "macos") {
        return Ok("open".to_owned());
    }
    let found = BROWSERS.iter().find(|name| on_path(name).is_some());
    found.map(|name| format!("{name}, if it finds one")).ok_or_else(|| {
        "nothing here opens one: `cargo workbook read` will say where the book is"
            .to_owned()
    })
}

/// Free room where the workspace lies.
fn disk(root: &Path) -> Result<String, String> {
    let free = free_mib(root).ok_or("`df` doesn't say how much is free")?;
    let gib = format!("{}.{} GiB free", free / 1024, free % 1024 * 10 / 1024);
    match free >= ROOM {
        true => Ok(gib),
        false => {
            Err(format!("{gib}: a build of everything takes up to {} GiB", ROOM / 1024))
        }
    }
}

/// The fourth column of what POSIX has `df -Pk` print, in MiB.
fn free_mib(root: &Path) -> Option<u64> {
    let output = Command::new("df").arg("-Pk").arg(root).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let free: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(free / 1024)
}
