//! `read --pdf`: the whole book as one file, printed by a browser that is there.
//!
//! Invariant: what the browser writes stays in a directory that goes with this run, on
//! Ctrl-C too. The file appears when it is whole, and takes the place of a PDF only.

use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use tempfile::TempDir;

use crate::failure::Failure;
use crate::pager::on_path;
use crate::progress;

/// Browsers that print a page without a window, in the order in which they are tried.
const NAMES: [&str; 8] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "brave-browser",
    "chrome",
];

/// Where macOS has them.
const APPLICATIONS: [&str; 4] =
    ["Chromium", "Google Chrome", "Microsoft Edge", "Brave Browser"];

/// A new profile, nothing fetched, bookmarks from the headings, no dates or addresses.
const ARGS: [&str; 10] = [
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
];

/// After that long a browser isn't printing any more. A book takes it seconds.
const PATIENCE: Duration = Duration::from_mins(5);

/// How long a browser that was ended may take to be gone.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// How a browser, or the person at the keyboard, ended its run.
enum End {
    /// Its last process is gone; these are the last lines that it said.
    Said(String),
    /// This signal came.
    Signal(i32),
}

/// A browser that prints, or what to do where there is none.
pub(crate) fn browser() -> Result<PathBuf, Failure> {
    let bundle = |name: &str| format!("/Applications/{name}.app/Contents/MacOS/{name}");
    let bundles = APPLICATIONS.iter().map(|name| PathBuf::from(bundle(name)));
    let mut all = NAMES.iter().filter_map(on_path).chain(bundles);
    all.find(|path| path.is_file()).ok_or_else(|| {
        Failure::failed(
            "a PDF is printed by Chromium, Chrome, Edge or Brave, and none of them is here\n\
             install one (Debian, Ubuntu: `apt-get install chromium`; macOS: \
             `brew install --cask chromium`),\nthen again: cargo workbook read --pdf\n\
             or print from the browser that you have: `cargo workbook read`, then the \
             printer at the top",
        )
    })
}

/// Refuses a place that holds anything but an older PDF: it would be lost.
pub(crate) fn check_place(out: &Path) -> Result<(), Failure> {
    let is_free = match fs::metadata(out) {
        Err(cause) => cause.kind() == io::ErrorKind::NotFound,
        Ok(_) => is_pdf(out),
    };
    let problem = || {
        let what = "is there already, and is no PDF; name a file that isn't";
        Failure::usage(format!("{} {what}", out.display()))
    };
    is_free.then_some(()).ok_or_else(problem)
}

fn is_pdf(file: &Path) -> bool {
    let mut start = [0; 5];
    let read = fs::File::open(file).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && start == *b"%PDF-"
}

/// Has `browser` print `page` into `out`. `target` takes what it writes on the way.
pub(crate) fn print(
    browser: &Path,
    page: &Path,
    target: &Path,
    out: &Path,
) -> Result<(), Failure> {
    let cannot = |cause| Failure::to_do("write", out.display(), cause);
    let dir =
        tempfile::Builder::new().prefix("pdf-").tempdir_in(target).map_err(cannot)?;
    let name = browser.file_name().unwrap_or_default().to_string_lossy();
    let said = progress::during(format!("printing with {name} ..."), || {
        run(browser, page, &dir)
    })?;
    let made = dir.path().join("book.pdf");
    if !is_pdf(&made) {
        let browser = browser.display();
        return Err(Failure::failed(format!(
            "{browser} printed nothing; it said:\n{said}"
        )));
    }
    place(&made, out).map_err(cannot)
}

/// Moves `made` to `out`, which may be on another disk, in one step.
fn place(made: &Path, out: &Path) -> io::Result<()> {
    let out = std::path::absolute(out)?;
    let parent = out.parent().unwrap_or(&out);
    fs::create_dir_all(parent)?;
    // As any file that a program of theirs makes: their umask says who may read it.
    let anybody = fs::Permissions::from_mode(0o666);
    let mut file = tempfile::Builder::new().permissions(anybody).tempfile_in(parent)?;
    io::copy(&mut fs::File::open(made)?, &mut file)?;
    file.flush()?;
    file.persist(out)?;
    Ok(())
}

/// Starts the browser and waits for its end. Returns the last lines that it said.
fn run(browser: &Path, page: &Path, dir: &TempDir) -> Result<String, Failure> {
    let cannot = |cause| Failure::to_do("run", browser.display(), cause);
    let (ends, ended) = mpsc::channel();
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).map_err(cannot)?;
    let handle = signals.handle();
    let interrupted = ends.clone();
    thread::spawn(move || {
        let first = signals.forever().next();
        first.map(|signal| interrupted.send(End::Signal(signal)))
    });
    let mut child = command(browser, page, dir).spawn().map_err(cannot)?;
    listen(&mut child, ends);
    let result = until_end(&mut child, &ended);
    handle.close();
    result
}

fn command(browser: &Path, page: &Path, dir: &TempDir) -> Command {
    let option = |name: &str, value: &Path| format!("--{name}={}", value.display());
    let mut command = Command::new(browser);
    command.args(ARGS);
    // As root, which is how containers run, Chromium starts without a sandbox only. It
    // shows nothing but our own page.
    let is_root = fs::metadata(dir.path()).is_ok_and(|dir| dir.uid() == 0);
    command.args(is_root.then_some("--no-sandbox"));
    command.arg(option("user-data-dir", &dir.path().join("profile")));
    command.arg(option("print-to-pdf", &dir.path().join("book.pdf")));
    command.arg(page);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Tells `ends` when the last process that could say something is gone.
fn listen(child: &mut Child, ends: Sender<End>) {
    let stderr = child.stderr.take().expect("it is piped");
    thread::spawn(move || {
        let lines = BufReader::new(stderr).lines().map_while(Result::ok);
        let mut last: Vec<String> = lines.collect();
        let said = last.split_off(last.len().saturating_sub(3)).join("\n");
        ends.send(End::Said(said))
    });
}

/// Waits for the browser; ends it on a signal, or when it has had time enough.
fn until_end(child: &mut Child, ended: &Receiver<End>) -> Result<String, Failure> {
    let why = match ended.recv_timeout(PATIENCE) {
        Ok(End::Said(said)) => {
            let _ = child.wait();
            return Ok(said);
        }
        Ok(End::Signal(signal)) => Failure::stopped(signal),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
            Failure::failed("the browser didn't come to an end within five minutes")
        }
    };
    let _ = child.kill();
    let _ = child.wait();
    // Its other processes write into the directory until they are gone.
    let _ = ended.recv_timeout(LAST_WORDS);
    Err(why)
}
