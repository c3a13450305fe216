//! A workspace with two chapters whose programs do next to nothing, and a way to run the
//! tool in it. It lies in Cargo's own directory for tests, so that it's compiled once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// What the tool left behind.
pub(crate) struct Done {
    /// Its exit code.
    pub(crate) code: Option<i32>,
    /// Its results.
    pub(crate) stdout: String,
    /// What it said to the person at the keyboard.
    pub(crate) stderr: String,
}

/// The tool, about to be run in `dir`, with nothing in its environment that changes what
/// it prints.
pub(crate) fn tool(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_workbook"));
    command.args(args).current_dir(dir);
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "COLUMNS"] {
        command.env_remove(name);
    }
    outside_hooks(&mut command);
    command.env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("built"));
    command
}

/// In a hook of git's, these name the repository that the hook is for.
pub(crate) fn outside_hooks(command: &mut Command) {
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
}

/// Runs the tool in `dir`.
pub(crate) fn run_in(dir: &Path, args: &[&str]) -> Done {
    done(tool(dir, args).output().unwrap())
}

/// Runs the tool in the workspace with two chapters.
pub(crate) fn run(args: &[&str]) -> Done {
    run_in(workspace(), args)
}

pub(crate) fn done(output: Output) -> Done {
    Done {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The workspace with the chapters `ch91-alpha` and `ch92-beta`.
pub(crate) fn workspace() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("two-chapters");
        write(
            &root,
            "Cargo.toml",
            "[workspace]\nresolver = '3'\nmembers = ['chapters/*']\n",
        );
        chapter(&root, "ch91-alpha", "What comes first", "pub fn one() {}\n");
        chapter(
            &root,
            "ch92-beta",
            "What is added",
            "pub fn one() {}\npub fn two() {}\n",
        );
        write(&root, "book/book.toml", "[book]\ntitle = 'Two chapters'\n");
        write(&root, "book/src/SUMMARY.md", "[The first page](one.md)\n");
        write(&root, "book/src/one.md", "# One\n\nHello.\n");
        root
    })
}

fn chapter(root: &Path, name: &str, about: &str, source: &str) {
    let dir = root.join("chapters").join(name);
    let manifest = format!(
        "[package]\nname = '{name}'\ndescription = '{about}'\nedition = '2024'\n\
         [[bin]]\nname = '{name}'\npath = 'scenarios/main.rs'\n"
    );
    write(&dir, "Cargo.toml", &manifest);
    write(&dir, "src/lib.rs", source);
    write(&dir, "scenarios/main.rs", include_str!("../fixture/program.rs"));
}

/// Writes a file, unless it has this text: Cargo compiles again what is newer.
pub(crate) fn write(dir: &Path, name: &str, text: &str) {
    let path = dir.join(name);
    if fs::read_to_string(&path).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
