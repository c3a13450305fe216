//! The pages as they are written: no code, no command that doesn't work, no step that is
//! too long to read in one go.

use std::path::Path;

use crate::{PROGRAMS, WORKSPACE, chapters, path, scenarios};

/// Name and text of every page.
pub(crate) fn pages() -> Vec<(String, String)> {
    fn gather(folder: &Path, all: &mut Vec<(String, String)>) {
        for entry in folder.read_dir().expect("the book's folders are readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                gather(&path, all);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                let name = path.strip_prefix(WORKSPACE.root()).expect("below the root");
                let text = std::fs::read_to_string(&path).expect("a page is UTF-8");
                all.push((name.display().to_string(), text));
            }
        }
    }
    let mut all = Vec::new();
    gather(&path("book/src"), &mut all);
    all.sort();
    all
}

/// The fenced blocks of a page: what stands behind the fence, and the lines.
fn fences(text: &str) -> Vec<(String, Vec<String>)> {
    let (mut fences, mut open) = (Vec::new(), None::<(String, Vec<String>)>);
    for line in text.lines() {
        match (line.trim_start().strip_prefix("```"), open.take()) {
            (Some(info), None) => open = Some((info.to_owned(), Vec::new())),
            (Some(_), Some(fence)) => fences.push(fence),
            (None, Some(mut fence)) => {
                fence.1.push(line.to_owned());
                open = Some(fence);
            }
            (None, None) => {}
        }
    }
    fences
}

#[test]
fn no_page_holds_code() {
    let held = pages().into_iter().flat_map(|(page, text)| {
        let fences = fences(&text).into_iter().filter(|(info, _)| info != "console");
        fences.map(move |(info, _)| format!("{page}: ```{info}")).collect::<Vec<_>>()
    });
    let held: Vec<_> = held.collect();
    assert!(held.is_empty(), "ask for it with a directive:\n{}", held.join("\n"));
}

/// The code spans of a page that begin like a command: `` `cargo run -p ch01` ``.
fn inline_commands(text: &str) -> Vec<String> {
    let spans = text
        .split('`')
        .skip(1)
        .step_by(2)
        .map(|span| span.split_whitespace().collect::<Vec<_>>().join(" "));
    // `cargo workbook …` stands for many.
    spans.filter(|span| span.starts_with("cargo ") && !span.contains('…')).collect()
}

/// What a text tells its reader to type: the lines of its fences, and its code spans.
fn commands(text: &str) -> Vec<String> {
    let (mut prose, mut is_open) = (String::new(), false);
    for line in text.lines() {
        let is_fence = line.trim_start().starts_with("```");
        is_open ^= is_fence;
        // Directives name commands of their own, and the binder runs those.
        if !is_open && !is_fence && !line.starts_with("{{#") {
            prose = prose + line + "\n";
        }
    }
    let fences = fences(text).into_iter().filter(|(info, _)| info == "console");
    fences.flat_map(|(_, lines)| lines).chain(inline_commands(&prose)).collect()
}

/// Commands of Cargo itself and of what is installed beside it, as far as texts name them.
const OF_CARGO: [&str; 3] =
    ["cargo insta review", "cargo install cargo-insta", "cargo test --workspace"];

/// Whether a reader who types `line` gets what the text promises.
fn works(line: &str) -> bool {
    let line = line.split(" > ").next().unwrap_or(line);
    let words: Vec<_> = line.split_whitespace().collect();
    let has =
        |chapter: &str, name: &str| scenarios(chapter).iter().any(|one| one == name);
    let package = |name: &str| chapters().iter().any(|one| one == name);
    // The program reads the whole line before it answers, and so finds what is wrong in it.
    let is_read = || {
        let line = format!("{line} --help");
        PROGRAMS.command(&line).is_ok_and(|output| output.success)
    };
    match words[..] {
        ["cargo", "bench", "-p", "benches", "--features", "measure"]
        | ["cargo", "run", "-p", "benches"] => measures(),
        ["cargo", "run" | "test", "-p", chapter]
        | ["cargo", "test", "-p", chapter, "--no-fail-fast"] => package(chapter),
        ["cargo", "test", "-p", chapter, "--test", test] => {
            let tests = path("chapters").join(chapter).join("tests");
            package(chapter) && tests.join(format!("{test}.rs")).is_file()
        }
        ["cargo", "test", "-p", chapter, "--test", "it", module] => {
            let tests = path("chapters").join(chapter).join("tests/it");
            package(chapter) && tests.join(format!("{module}.rs")).is_file()
        }
        ["cargo", "run", "-p", chapter, "--", name, ..]
        | ["cargo", "workbook", "play", chapter, name] => has(chapter, name) && is_read(),
        ["cargo", "workbook"] | ["cargo", "test", "--workspace", "--no-fail-fast"] => {
            true
        }
        ["cargo", "workbook", ..] => is_read(),
        ["cargo", alias] => is_alias(alias),
        _ => OF_CARGO.contains(&line),
    }
}

/// Whether `benches` is a package, and has the feature without which it measures nothing.
fn measures() -> bool {
    let manifest = std::fs::read_to_string(path("benches/Cargo.toml"));
    let manifest = manifest.expect("a manifest").parse::<toml::Table>();
    let manifest = manifest.expect("a manifest is TOML");
    let has_name = manifest["package"]["name"].as_str() == Some("benches");
    has_name && manifest["features"].get("measure").is_some()
}

/// Whether `.cargo/config.toml` says what `cargo NAME` is.
fn is_alias(name: &str) -> bool {
    let config = std::fs::read_to_string(path(".cargo/config.toml")).expect("readable");
    let config = config.parse::<toml::Table>().expect("it parses");
    config["alias"].get(name).is_some()
}

/// The book's pages and the documents beside it.
fn texts() -> Vec<(String, String)> {
    let documents = crate::rules::files(".md").into_iter();
    let documents =
        documents.filter(|name| !name.contains('/') || name.starts_with("book/src/"));
    let read = |name: String| {
        let text = std::fs::read_to_string(path(&name)).expect("UTF-8");
        (name, text)
    };
    documents.map(read).collect()
}

#[test]
fn every_command_in_a_text_works() {
    let bad = texts().into_iter().flat_map(|(page, text)| {
        let commands = commands(&text).into_iter();
        let bad = commands.filter(|line| !works(line));
        bad.map(move |line| format!("{page}: {line}")).collect::<Vec<_>>()
    });
    let bad: Vec<_> = bad.collect();
    assert!(bad.is_empty(), "no such command, chapter or scenario:\n{}", bad.join("\n"));
}

#[test]
fn a_command_that_does_not_work_is_found() {
    let text = "Try `cargo workbook raed`,\n```console\ncargo run -p ch02-sleep -- slepy\n```\n\
                then `cargo\nworkbook read --no-opening` or `cargo run -p ch02-sleep`.\n";
    let found: Vec<_> = commands(text).into_iter().filter(|line| !works(line)).collect();
    let bad = [
        "cargo run -p ch02-sleep -- slepy",
        "cargo workbook raed",
        "cargo workbook read --no-opening",
    ];
    assert_eq!(found, bad);
    assert!(!works("cargo run -p ch02-sleep -- sleepy --tracer svg"));
    assert!(!works("cargo workbook run 2 sleepy again"));
    assert!(!works("cargo test -p ch02-sleep --test nothing"));
}

#[test]
fn no_step_is_over_900_words() {
    let words = |text: &str| {
        // A table is looked up, and not read from end to end.
        let is_prose =
            |line: &&str| !line.starts_with(['<', '|']) && !line.starts_with("{{#");
        text.lines()
            .filter(is_prose)
            .map(|line| line.split_whitespace().count())
            .sum::<usize>()
    };
    let is_step = |page: &str| !page.ends_with("/last.md");
    let long =
        pages().into_iter().filter(|(page, text)| is_step(page) && words(text) > 900);
    let long: Vec<_> =
        long.map(|(page, text)| format!("{page}: {}", words(&text))).collect();
    assert!(long.is_empty(), "a step has 400 to 900 words:\n{}", long.join("\n"));
}
