//! The player of the book: every picture has one, and it stays small.

use crate::book::{built, shown};
use crate::{PROGRAMS, WORKSPACE, path};

/// What the player may weigh: its scripts and its styles together.
const MOST_BYTES: usize = 20 * 1024;
/// Of that, the scripts.
const MOST_SCRIPT: usize = 15 * 1024;

fn bytes(file: &str) -> usize {
    let text = std::fs::read(path("book/theme").join(file)).expect("a part of the theme");
    text.len()
}

#[test]
fn the_player_is_small() {
    let script = bytes("js/fold.js") + bytes("js/player.js");
    let all = script + bytes("css/player.css");
    assert!(script <= MOST_SCRIPT, "{script} bytes of script");
    assert!(all <= MOST_BYTES, "{all} bytes in all");
}

#[test]
fn the_player_asks_nothing_of_the_network_and_leaves_one_name() {
    for file in ["fold.js", "player.js"] {
        let script = std::fs::read_to_string(path("book/theme/js").join(file))
            .expect("a part of the player");
        for word in ["fetch(", "XMLHttpRequest", "import(", "http:", "https:"] {
            assert!(!script.contains(word), "{file}: {word}");
        }
        let names = script.matches("window.").count();
        assert_eq!(names, usize::from(file == "fold.js"), "{file}");
        assert!(script.contains("\n'use strict';\n"), "{file}");
    }
}

#[test]
fn every_picture_in_the_book_is_a_player() {
    let shown = shown();
    let is_drawn = |directive: &str| {
        ["{{#picture ", "{{#beside "].iter().any(|it| directive.starts_with(it))
    };
    let pages: std::collections::BTreeSet<_> =
        shown.iter().map(|one| one.page.clone()).collect();
    for page in pages {
        let drawn = shown.iter().filter(|it| it.page == page && is_drawn(&it.directive));
        let html = page.replace("book/src/", "").replace(".md", ".html");
        let html = std::fs::read_to_string(built().join(html)).expect("a page");
        let players = html.matches(" player\" id=\"play-").count();
        assert_eq!(players, drawn.count(), "{page}");
        assert_eq!(
            players,
            html.matches("<div class=\"panel\" style=").count(),
            "{page}"
        );
    }
}

#[test]
fn each_last_page_from_chapter_3_on_compares_two_stages() {
    // A layer has no stage before it.
    let stages = crate::chapters().into_iter().filter(|name| name.as_str() < "ch07");
    for chapter in stages.skip(2) {
        let page = path("book/src").join(&chapter).join("last.md");
        let text = std::fs::read_to_string(page).expect("each chapter has a last page");
        assert!(text.contains(&format!(" {chapter} ")), "{chapter}");
        assert!(text.contains("\n{{#beside ch"), "{chapter}");
    }
}

#[test]
fn a_trace_that_nobody_would_step_through_is_a_picture_alone() {
    let text = "{{#picture ch02-sleep chess}}\n\n{{#picture ch02-sleep waiter}}\n";
    let page = bookbinder::page(&WORKSPACE, &PROGRAMS, "book/src/test.md", text);
    let page = page.unwrap_or_else(|errors| panic!("{errors}")).markdown;
    assert!(page.contains("<figure class=\"picture\" id=\"play-ch02-sleep-chess\">"));
    assert!(
        page.contains("<figure class=\"picture player\" id=\"play-ch02-sleep-waiter\">")
    );
}

#[test]
fn the_search_index_knows_nothing_of_the_players_data() {
    let index = built().read_dir().expect("the built book is readable").find_map(|it| {
        let path = it.expect("readable").path();
        let is_index = path.to_string_lossy().contains("searchindex");
        is_index.then(|| std::fs::read_to_string(path).expect("the index is UTF-8"))
    });
    let index = index.expect("the book can be searched");
    assert!(index.contains("sleepy"), "it is the index");
    assert!(!index.contains("has_loop"), "a field of the data");
}
