//! The questions in the pages: enough of them, of every kind, each asked once, and on
//! the built pages as they were checked.

use std::collections::BTreeMap;

use bookbinder::Asked;

use crate::book::{built_text, shown};
use crate::{WORKSPACE, chapters};

fn questions() -> Vec<Asked> {
    bookbinder::questions(&WORKSPACE).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_question_is_asked_once() {
    let mut asked = BTreeMap::<String, usize>::new();
    for one in shown() {
        let name = one.directive.strip_prefix("{{#question ");
        if let Some(name) = name.and_then(|it| it.strip_suffix("}}")) {
            *asked.entry(name.trim().to_owned()).or_default() += 1;
        }
    }
    let times = |one: &Asked| asked.get(&one.name).copied().unwrap_or(0);
    let bad = questions().into_iter().filter(|one| times(one) != 1);
    let bad: Vec<_> =
        bad.map(|one| format!("{} {}: {}", one.chapter, one.name, times(&one))).collect();
    assert!(bad.is_empty(), "a question is asked on one page:\n{}", bad.join("\n"));
}

#[test]
fn every_chapter_asks_eight_questions_two_of_order_and_one_who_wakes_whom() {
    let all = questions();
    for chapter in chapters() {
        let own = all.iter().filter(|one| one.chapter == chapter);
        let rules: Vec<_> = own.map(|one| one.rule).collect();
        let count = |rule: &str| rules.iter().filter(|one| **one == rule).count();
        assert!(rules.len() >= 8, "{chapter} asks {} questions", rules.len());
        assert!(count("events") >= 2, "{chapter} asks for {} orders", count("events"));
        assert!(count("wakes") >= 1, "{chapter} never asks who wakes whom");
    }
}

/// A line of what a question shows, without the mark in front of it.
fn unmarked(line: &str) -> &str {
    let marks = ["- ", "1. ", "2. ", "3. ", "4. ", "5. ", "6. "];
    marks.iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line)
}

#[test]
fn the_built_pages_hold_the_questions_as_they_were_checked() {
    let questions = shown().iter().filter(|one| one.directive.starts_with("{{#question"));
    for one in questions {
        let page = built_text(&one.page);
        for line in one.text.lines().map(unmarked) {
            let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(page.contains(&line), "{} {}: {line}", one.page, one.directive);
        }
    }
}
