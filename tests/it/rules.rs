//! The repository's own rules, as tests: what a review would otherwise have to notice.

use std::path::PathBuf;
use std::process::Command;

use crate::{WORKSPACE, chapters, is_code, path};

/// Every file that belongs to the project, relative to its root.
pub(crate) fn files(ending: &str) -> Vec<String> {
    let git = ["ls-files", "--cached", "--others", "--exclude-standard"];
    let list = Command::new("git").args(git).current_dir(WORKSPACE.root()).output();
    let list =
        String::from_utf8(list.expect("git lists the files").stdout).expect("UTF-8");
    let exists = |file: &&str| path(file).is_file();
    list.lines()
        .filter(|f| f.ends_with(ending))
        .filter(exists)
        .map(str::to_owned)
        .collect()
}

fn read(file: &str) -> String {
    std::fs::read_to_string(path(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// Fails with every offender, not with the first.
fn none_of(offenders: impl IntoIterator<Item = String>, rule: &str) {
    let offenders: Vec<String> = offenders.into_iter().collect();
    assert!(offenders.is_empty(), "{rule}:\n  {}", offenders.join("\n  "));
}

fn sources(folder: &str) -> Vec<String> {
    let all = files(".rs").into_iter();
    all.filter(|file| file.starts_with(folder) && !file.contains("/fixtures/")).collect()
}

#[test]
fn every_source_file_says_what_it_is() {
    let silent = sources("").into_iter().filter(|file| !read(file).starts_with("//! "));
    none_of(silent, "a source file opens with `//!`");
}

#[test]
fn no_source_file_is_over_300_lines() {
    let long = sources("").into_iter().filter(|file| read(file).lines().count() > 300);
    none_of(long, "a source file has at most 300 lines");
}

#[test]
fn no_chapter_is_over_its_size() {
    let code = |file: &String| read(file).lines().filter(|line| is_code(line)).count();
    let size = |chapter: &String| {
        let files = sources(&format!("chapters/{chapter}/src/"));
        files.iter().map(code).sum::<usize>()
    };
    // ch06 is the whole runtime; ch08 is ten types, with the errors of their try-variants.
    let limit = |chapter: &str| match &chapter[..4] {
        "ch06" => 1_500,
        "ch08" => 1_100,
        _ => 1_000,
    };
    let long = chapters().into_iter().filter(|chapter| size(chapter) > limit(chapter));
    none_of(
        long,
        "a chapter's source has at most 1,000 lines of code (ch06: 1,500; ch08: 1,100)",
    );
}

/// The length of each function, by a parser and not by counting braces.
fn functions(file: &str) -> Vec<(String, usize)> {
    struct Visitor(Vec<(String, usize)>);
    impl Visitor {
        fn note(&mut self, name: &syn::Ident, block: &syn::Block) {
            let span = block.brace_token.span;
            let lines = span.close().end().line - span.open().start().line + 1;
            self.0.push((name.to_string(), lines));
        }
    }
    impl<'a> syn::visit::Visit<'a> for Visitor {
        fn visit_item_fn(&mut self, item: &'a syn::ItemFn) {
            self.note(&item.sig.ident, &item.block);
            syn::visit::visit_item_fn(self, item);
        }
        fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
            self.note(&item.sig.ident, &item.block);
            syn::visit::visit_impl_item_fn(self, item);
        }
    }
    let parsed = syn::parse_file(&read(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
    let mut visitor = Visitor(Vec::new());
    syn::visit::Visit::visit_file(&mut visitor, &parsed);
    visitor.0
}

#[test]
fn no_function_is_over_60_lines() {
    let long = |file: String| {
        let over = functions(&file).into_iter().filter(|(_, lines)| *lines > 60);
        over.map(move |(name, lines)| format!("{file} {name}: {lines}"))
            .collect::<Vec<_>>()
    };
    none_of(sources("").into_iter().flat_map(long), "a function has at most 60 lines");
}

#[test]
fn every_chapter_has_the_same_layout() {
    let expected =
        ["src/lib.rs", "scenarios/main.rs", "tests/scenarios.rs", "tests/snapshots"];
    let missing = chapters().into_iter().flat_map(|chapter| {
        let expected = expected.map(|part| format!("chapters/{chapter}/{part}"));
        expected.into_iter().filter(|part| !path(part).exists())
    });
    none_of(missing, "every chapter has these");
}

#[test]
fn every_member_inherits_versions_and_lints() {
    let manifest =
        |file: &String| read(file).parse::<toml::Table>().expect("a manifest parses");
    let inherits = |value: Option<&toml::Value>| {
        value.and_then(|v| v.get("workspace")).and_then(toml::Value::as_bool)
            == Some(true)
    };
    let members = files("Cargo.toml")
        .into_iter()
        .filter(|f| f.contains('/') && !f.contains("/fixtures/"));
    let own = members.filter(|file| {
        let manifest = manifest(file);
        let package = manifest.get("package").expect("a member is a package");
        let of_package = ["version", "edition", "license"].map(|key| package.get(key));
        !(of_package.into_iter().all(inherits) && inherits_lints(&manifest))
    });
    none_of(own, "versions, edition, licence and lints stand once, in the root");
}

fn inherits_lints(manifest: &toml::Table) -> bool {
    let lints = manifest.get("lints").and_then(|lints| lints.get("workspace"));
    lints.and_then(toml::Value::as_bool) == Some(true)
}

/// Everything that a manifest's tables of dependencies name, wherever they stand in it,
/// and under whatever other name.
fn named(value: &toml::Value, names: &mut Vec<String>) {
    let Some(table) = value.as_table() else { return };
    for (key, value) in table {
        match value.as_table().filter(|_| key.ends_with("dependencies")) {
            Some(dependencies) => {
                for (name, what) in dependencies {
                    let package = what.get("package").and_then(toml::Value::as_str);
                    names.push(package.unwrap_or(name).to_owned());
                }
            }
            None => named(value, names),
        }
    }
}

#[test]
fn no_stage_depends_on_another_and_no_crate_on_a_chapter() {
    let chapters = chapters();
    let depends = |file: &String| {
        let manifest = read(file).parse::<toml::Table>().expect("a manifest parses");
        let mut names = Vec::new();
        named(&toml::Value::Table(manifest), &mut names);
        names
    };
    let is_stage = |name: &str| name < "ch07";
    // The root's table says where crates are; what measures chapters has to link to them,
    // and the tool serves the book with the runtime that they build.
    let serves = |on: &str| matches!(on, "ch06-tasks" | "ch09-streams");
    let apart = ["Cargo.toml", "benches/Cargo.toml"];
    let all = files("Cargo.toml").into_iter();
    let others = all.filter(|it| !apart.contains(&it.as_str()));
    let bad = others.filter(|file| {
        let on = depends(file);
        let is_layer =
            file.starts_with("chapters/") && !is_stage(&file["chapters/".len()..]);
        let mut on_chapters = on.iter().filter(|name| chapters.contains(name));
        let is_tool = file == "crates/workbook/Cargo.toml";
        let may = |on: &str| is_layer && on == "ch06-tasks" || is_tool && serves(on);
        on_chapters.any(|name| !may(name))
    });
    none_of(
        bad,
        "stages stand alone, layers stand on ch06-tasks, the tool serves with both",
    );
}

#[test]
fn nobody_shares_what_a_chapter_teaches() {
    let banned = ["common", "util", "utils", "helpers", "core", "misc"];
    let crates = path("crates")
        .read_dir()
        .expect("crates/")
        .chain(path("chapters").read_dir().expect("chapters/"));
    let names = crates
        .map(|entry| entry.expect("readable").file_name().into_string().expect("ASCII"));
    none_of(
        names.filter(|name| banned.contains(&name.as_str())),
        "no crate is called so",
    );
}

#[test]
fn nothing_is_left_open() {
    let words =
        ["todo!(", "unimplemented!(", concat!("FIX", "ME"), concat!("XX", "X"), "dbg!("];
    let here = "tests/it/rules.rs";
    let open = sources("").into_iter().filter(|file| file != here);
    let open = open.filter(|file| words.iter().any(|word| read(file).contains(word)));
    none_of(open, "no unfinished code");
}

fn is_test(file: &str) -> bool {
    file.starts_with("tests/") || file.contains("/tests/")
}

#[test]
fn no_test_sleeps_or_is_skipped_in_silence() {
    let words = ["thread::sleep", "#[ignore]", "assert!(true)"];
    let tests =
        sources("").into_iter().filter(|f| is_test(f) && f != "tests/it/rules.rs");
    let bad = tests.filter(|file| words.iter().any(|word| read(file).contains(word)));
    none_of(bad, "tests ask the virtual clock");
}

#[test]
fn no_file_names_a_place_on_one_machine() {
    let homes = ["/home/", "/Users/", "/root/", "/work/"];
    let is_text = |file: &String| {
        [".rs", ".toml", ".md", ".yml", ".snap", ".css", ".js", ".py"]
            .iter()
            .any(|e| file.ends_with(e))
    };
    let files =
        files("").into_iter().filter(is_text).filter(|f| f != "tests/it/rules.rs");
    let bad = files.filter(|file| homes.iter().any(|home| read(file).contains(home)));
    none_of(bad, "a path of somebody's machine");
}

#[test]
fn the_toolchain_is_pinned_once() {
    let pin = read("rust-toolchain.toml").parse::<toml::Table>().expect("it parses");
    let channel = pin["toolchain"]["channel"].as_str().expect("a channel").to_owned();
    let root = read("Cargo.toml").parse::<toml::Table>().expect("it parses");
    let msrv = root["workspace"]["package"]["rust-version"].as_str().expect("a version");
    assert!(channel.starts_with(msrv), "rust-version {msrv} and the pinned {channel}");
}

#[test]
fn what_a_reader_expects_at_the_root_is_there() {
    let expected = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "book/LICENSE",
        "Cargo.lock",
        ".ci/run",
        ".github/workflows/ci.yml",
    ];
    let missing = expected.map(PathBuf::from).into_iter();
    let missing = missing.filter(|file| !WORKSPACE.root().join(file).is_file());
    none_of(missing.map(|file| file.display().to_string()), "missing");
}
