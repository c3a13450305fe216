//! The pages as they are written: no code, no command that doesn't work, no step that is
//! too long to read in one go.

use std::path::Path;

use crate::{PROGRAMS, WORKSPACE, chapters, path, scenarios};

/// Name and text of every page.
fn pages() -> Vec<(String, String)> {
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

/// Whether a reader who types `line` gets what the page promises.
fn works(line: &str) -> bool {
    let words: Vec<_> = line.split_whitespace().collect();
    let has =
        |chapter: &str, name: &str| scenarios(chapter).iter().any(|one| one == name);
    let package = |name: &str| chapters().iter().any(|one| one == name);
    match words[..] {
        ["cargo", "bench", "-p", "benches", "--features", "measure"]
        | ["cargo", "run", "-p", "benches"] => measures(),
        ["cargo", "run", "-p", chapter] | ["cargo", "test", "-p", chapter, ..] => {
            package(chapter)
        }
        ["cargo", "run", "-p", chapter, "--", name, ..] => has(chapter, name),
        ["cargo", "test", "--workspace", ..]
        | ["cargo", "workbook"]
        | ["cargo", "insta", "review"] => true,
        ["cargo", "workbook", ..] => {
            let line = format!("{} --help", words[..3].join(" "));
            PROGRAMS.command(&line).is_ok_and(|output| output.success)
        }
        _ => false,
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

#[test]
fn every_command_in_a_page_works() {
    let bad = pages().into_iter().flat_map(|(page, text)| {
        let fences = fences(&text).into_iter().filter(|(info, _)| info == "console");
        let lines = fences.flat_map(|(_, lines)| lines);
        lines
            .filter(|line| !works(line))
            .map(move |line| format!("{page}: {line}"))
            .collect::<Vec<_>>()
    });
    let bad: Vec<_> = bad.collect();
    assert!(bad.is_empty(), "no such command, chapter or scenario:\n{}", bad.join("\n"));
}

#[test]
fn no_step_is_over_900_words() {
    let words = |text: &str| {
        let is_prose = |line: &&str| !line.starts_with("{{#") && !line.starts_with('<');
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
